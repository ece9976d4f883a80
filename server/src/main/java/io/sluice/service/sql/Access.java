package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;

/** Rights by the names that the database uses. */
final class Access {
    private Access() {}

    /**
     * A role may have been asked about another spelling of the table than the one it names: names are matched in any case, so
     * the real one is checked as well.
     */
    static void require(ServiceRequest request, String resource, String typed, String canonical) {
        String component = resource + canonical;
        if (!typed.equals(canonical) && !request.rights().may(request.verb(), component)) {
            throw ApiException.forbidden("Access Forbidden. " + request.verb() + " access to component '" + component
                    + "' of service '" + request.service() + "' is not allowed by this user's role.");
        }
    }
}
