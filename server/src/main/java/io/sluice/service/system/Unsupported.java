package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;

/** The answer to a verb that is not there. */
final class Unsupported {
    private Unsupported() {}

    static ApiException onRoot(ServiceRequest request) {
        return ApiException.badRequest(
                request.verb() + " requests without a resource are not currently supported by the '" + request.service()
                        + "' service.");
    }

    static ApiException on(ServiceRequest request, String resource) {
        return ApiException.badRequest(request.verb() + " requests for the resource '" + resource
                + "' are not currently supported by the '" + request.service() + "' service.");
    }
}
