package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;

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
            throw refused(request, component);
        }
    }

    /** The same for a table, which may have an alias besides. */
    static void require(ServiceRequest request, String resource, String typed, TableName table) {
        require(request, resource, typed, table.api());
        if (!byRealName(request, request.verb(), resource, table)) {
            throw refused(request, resource + table.api());
        }
    }

    /** An alias opens nothing: where the role speaks of the table by the database's own name, that holds as well. */
    static boolean byRealName(ServiceRequest request, Verb verb, String resource, TableName table) {
        String real = resource + table.real();
        return table.sameName()
                || !request.rights().names(real)
                || request.rights().may(verb, real);
    }

    private static ApiException refused(ServiceRequest request, String component) {
        return ApiException.forbidden("Access Forbidden. " + request.verb() + " access to component '" + component
                + "' of service '" + request.service() + "' is not allowed by this user's role.");
    }
}
