package io.sluice.api;

/** A call whose caller is known and may make it. */
public record AuthorisedRequest(ApiRequest request, Caller caller, Rights rights) {

    /** What the service gets to see. */
    public ServiceRequest forService() {
        return new ServiceRequest(
                request.verb(),
                request.version(),
                request.service(),
                request.resource(),
                request.parameters(),
                request.headers(),
                request.body(),
                request.uri(),
                caller,
                rights,
                request.remoteAddress());
    }
}
