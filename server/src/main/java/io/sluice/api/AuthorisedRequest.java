package io.sluice.api;

/** A call whose caller is known and may make it. */
public record AuthorisedRequest(ApiRequest request, Caller caller, Rights rights) {

    /** What the service gets to see when its answer is not written but looked at. */
    public ServiceRequest forService() {
        return forService(Format.JSON);
    }

    /** What the service gets to see, its answer to be written in that form. */
    public ServiceRequest forService(Format format) {
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
                request.remoteAddress(),
                format);
    }
}
