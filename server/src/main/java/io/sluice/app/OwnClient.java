package io.sluice.app;

import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.RawExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Calls our own API in this process, as an administrator would over the wire; what the demo is made with. */
final class OwnClient {
    private static final JsonMapper JSON = new JsonMapper();
    private final Function<RawExchange, ApiResponse> api;
    private String token = "";

    OwnClient(Function<RawExchange, ApiResponse> api) {
        this.api = api;
    }

    void login(String email, String password) {
        Object answer = send("POST", "system/admin/session", "", Map.of("email", email, "password", password));
        token = text(answer, "session_token");
    }

    /** Makes one record; its fields. */
    Map<?, ?> create(String resource, Map<String, ?> record) {
        return first(send("POST", resource, "fields=*", Map.of("resource", List.of(record))));
    }

    /** The record with that name. */
    Map<?, ?> named(String resource, String name) {
        return first(send("GET", resource, "filter=name%3D%27" + name + "%27", null));
    }

    Object post(String path, Map<String, ?> body) {
        return send("POST", path, "", body);
    }

    private Object send(String method, String path, String query, @Nullable Object body) {
        RawExchange exchange = new RawExchange(
                method,
                "/api/v2/" + path,
                query,
                Headers.of(Map.of("Content-Type", "application/json", "X-DreamFactory-Session-Token", token)),
                body == null ? new byte[0] : JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8),
                "127.0.0.1");
        try (ApiResponse answer = api.apply(exchange)) {
            if (answer.status() >= 300 || !(answer.content() instanceof Content.Tree tree) || tree.value() == null) {
                throw new IllegalStateException(
                        method + " " + path + " gave " + answer.status() + " " + answer.content());
            }
            return tree.value();
        }
    }

    private static Map<?, ?> first(Object answer) {
        if (answer instanceof Map<?, ?> map
                && map.get("resource") instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof Map<?, ?> record) {
            return record;
        }
        throw new IllegalStateException("no record in " + answer);
    }

    private static String text(Object answer, String field) {
        return String.valueOf(((Map<?, ?>) answer).get(field));
    }
}
