package io.sluice.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways to say who calls: rest-api.md 7. */
final class Security {
    /** Any of them will do; what it is good for is a matter of roles. */
    static final List<Map<String, List<String>>> ANY_OF = List.of(
            Map.of("BasicAuth", List.of()),
            Map.of("BearerAuth", List.of()),
            Map.of("ApiKeyQuery", List.of()),
            Map.of("ApiKeyHeader", List.of()),
            Map.of("SessionTokenQuery", List.of()),
            Map.of("SessionTokenHeader", List.of()));

    private Security() {}

    static Map<String, Object> schemes() {
        Map<String, Object> schemes = new LinkedHashMap<>();
        schemes.put("BasicAuth", Map.of("type", "http", "scheme", "basic"));
        schemes.put("BearerAuth", Map.of("type", "http", "scheme", "bearer"));
        schemes.put("ApiKeyQuery", key("query", "api_key"));
        schemes.put("ApiKeyHeader", key("header", "X-DreamFactory-API-Key"));
        schemes.put("SessionTokenQuery", key("query", "session_token"));
        schemes.put("SessionTokenHeader", key("header", "X-DreamFactory-Session-Token"));
        return schemes;
    }

    private static Map<String, Object> key(String in, String name) {
        return Map.of("type", "apiKey", "in", in, "name", name);
    }
}
