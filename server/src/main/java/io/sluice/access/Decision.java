package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Verb;
import java.util.Optional;

/** What is allowed without a role, and how a call is refused. Pure. The tables are rest-api.md 4.9 and 4.10. */
final class Decision {
    private static final String NOTHING_SENT = "No session token (JWT) or API Key detected in request. Please send in"
            + " X-DreamFactory-Session-Token and/or X-DreamFactory-API-Key request header. You can also use URL query"
            + " parameters session_token and/or api_key.";
    private static final String NO_KEY = "No API Key provided. Please provide a valid API Key using"
            + " X-DreamFactory-API-Key request header or 'api_key' url query parameter.";
    private static final String NO_TOKEN = "No session token (JWT) provided. Please provide a valid JWT using"
            + " X-DreamFactory-Session-Token request header or 'session_token' url query parameter.";
    private static final String NO_ROLE = "Role not found. A role may not be assigned to you or your application.";
    static final String ROLE_INACTIVE = "Access Forbidden. The role assigned to you or your application or the default"
            + " role of your application is not active.";
    private static final String NOBODY = "Unauthorized. User is not authenticated.";

    private Decision() {}

    /** Whether anybody may make that call. */
    static boolean open(String service, String component, Verb verb) {
        return switch (service) {
            case "system" ->
                switch (component) {
                    case "admin/session" -> true;
                    case "admin/password" -> verb == Verb.POST;
                    case "environment" -> verb == Verb.GET;
                    default -> false;
                };
            case "user" ->
                switch (component) {
                    case "session" -> true;
                    case "password", "register" -> verb == Verb.POST;
                    case "profile" -> verb != Verb.DELETE;
                    default -> false;
                };
            case "api_docs" -> verb == Verb.GET;
            default -> false;
        };
    }

    /**
     * Why a call that nothing allows is refused.
     *
     * @param keySent an API key came with it, known or not
     */
    static ApiException refused(
            Caller caller, Optional<RoleRules> role, boolean keySent, Verb verb, String component, String service) {
        boolean someone = caller.person().isPresent();
        if (role.isEmpty()) {
            return noRole(keySent, someone, caller.requestor() == Caller.Requestor.SCRIPT);
        }
        if (!role.get().active()) {
            return ApiException.forbidden(ROLE_INACTIVE);
        }
        if (!someone) {
            return ApiException.unauthorized(NOBODY);
        }
        String what = component.isEmpty() ? "" : "component '" + component + "' of ";
        return ApiException.forbidden("Access Forbidden. " + verb + " access to " + what + "service '" + service
                + "' is not allowed by this user's role.");
    }

    private static ApiException noRole(boolean keySent, boolean someone, boolean script) {
        if (!keySent && !someone && !script) {
            return ApiException.badRequest(NOTHING_SENT);
        }
        if (!keySent) {
            return ApiException.badRequest(NO_KEY);
        }
        return someone ? ApiException.forbidden(NO_ROLE) : ApiException.badRequest(NO_TOKEN);
    }
}
