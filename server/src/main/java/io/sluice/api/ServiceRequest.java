package io.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * A call as a service and its event scripts see it.
 *
 * @param remoteAddress the peer's address, empty when there is none
 * @param format how the answer will be written: one without an envelope may be as long as the service allows
 */
public record ServiceRequest(
        Verb verb,
        String version,
        String service,
        ResourcePath resource,
        Parameters parameters,
        Headers headers,
        Body body,
        String uri,
        Caller caller,
        Rights rights,
        String remoteAddress,
        Format format) {

    /** A call that came over no wire. */
    public ServiceRequest(
            Verb verb,
            String version,
            String service,
            ResourcePath resource,
            Parameters parameters,
            Headers headers,
            Body body,
            String uri,
            Caller caller,
            Rights rights) {
        this(verb, version, service, resource, parameters, headers, body, uri, caller, rights, "", Format.JSON);
    }

    public @Nullable Object payload() {
        return body.payload();
    }

    public ServiceRequest withVerb(Verb other) {
        return new ServiceRequest(
                other,
                version,
                service,
                resource,
                parameters,
                headers,
                body,
                uri,
                caller,
                rights,
                remoteAddress,
                format);
    }

    public ServiceRequest withParameters(Parameters other) {
        return new ServiceRequest(
                verb, version, service, resource, other, headers, body, uri, caller, rights, remoteAddress, format);
    }

    public ServiceRequest withHeaders(Headers other) {
        return new ServiceRequest(
                verb, version, service, resource, parameters, other, body, uri, caller, rights, remoteAddress, format);
    }

    public ServiceRequest withBody(Body other) {
        return new ServiceRequest(
                verb,
                version,
                service,
                resource,
                parameters,
                headers,
                other,
                uri,
                caller,
                rights,
                remoteAddress,
                format);
    }
}
