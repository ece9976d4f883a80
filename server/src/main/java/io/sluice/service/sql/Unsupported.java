package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;

/** The standard answers for what is not there. */
final class Unsupported {
    private Unsupported() {}

    static ApiException verb(ServiceRequest request, String resource) {
        return ApiException.badRequest(request.verb() + " requests are not currently supported by the '" + resource
                + "' resource of the '" + request.service() + "' service.");
    }

    static ApiException verbOnRoot(ServiceRequest request) {
        return ApiException.badRequest(
                request.verb() + " requests without a resource are not currently supported by the '" + request.service()
                        + "' service.");
    }

    static ApiException resource(ServiceRequest request, String resource) {
        return ApiException.notFound("Resource '" + resource + "' not found for service '" + request.service() + "'.");
    }
}
