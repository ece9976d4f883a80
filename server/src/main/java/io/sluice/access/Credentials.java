package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request carries to say who makes it.
 *
 * @param apiKey from {@code ?api_key}, {@code X-DreamFactory-API-Key}, {@code X-API-Key} or the body
 * @param token from {@code Authorization: Bearer}, {@code X-DreamFactory-Session-Token}, {@code ?session_token} or the body
 * @param basic {@code email:password}
 */
record Credentials(Optional<String> apiKey, Optional<String> token, Optional<String> basic) {
    private static final int LARGEST_BODY = 1 << 20;

    static Credentials of(String service, ResourcePath resource, Headers headers, Parameters parameters, Body body) {
        Optional<String> authorization = headers.first("authorization");
        Optional<String> apiKey = parameters
                .text("api_key")
                .or(() -> headers.first("x-dreamfactory-api-key"))
                .or(() -> headers.first("x-api-key"));
        Optional<String> token = authorization
                .flatMap(value -> after("bearer ", value))
                .or(() -> headers.first("x-dreamfactory-session-token"))
                .or(() -> parameters.text("session_token"));
        // The record of an app has a field of the same name.
        boolean app = service.equals("system") && resource.at(0).equals("app");
        return new Credentials(
                apiKey.or(() -> app ? Optional.empty() : inBody(body, "api_key")),
                token.or(() -> inBody(body, "session_token")),
                authorization.flatMap(value -> after("basic ", value)).map(Credentials::decoded));
    }

    private static Optional<String> after(String scheme, String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(scheme)
                ? Optional.of(header.substring(scheme.length()).trim()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** Empty text, which is nobody's login, when it is not Base64. */
    private static String decoded(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Only bodies that are data are looked into; one that cannot be read is for the service to complain about. */
    private static Optional<String> inBody(Body body, String name) {
        if (body.isEmpty() || !isData(body) || !body.isWithin(LARGEST_BODY)) {
            return Optional.empty();
        }
        try {
            return body.payload() instanceof Map<?, ?> map && map.get(name) instanceof String text && !text.isEmpty()
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private static boolean isData(Body body) {
        String type = body.contentType().toLowerCase(Locale.ROOT);
        return type.startsWith("application/json")
                || type.startsWith("application/x-www-form-urlencoded")
                || type.startsWith("application/xml");
    }
}
