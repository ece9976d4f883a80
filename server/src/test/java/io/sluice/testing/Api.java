package io.sluice.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API, as a test reads best: {@code api.get("db/_table/orders").ok().at("/resource/0/id")}. */
public final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String base;
    private final Map<String, String> headers;

    private Api(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** Without credentials. */
    public static Api at(String address) {
        return new Api(address + "/api/v2/", Map.of());
    }

    public Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    public Api withToken(String token) {
        return with("X-DreamFactory-Session-Token", token);
    }

    public Api withKey(String key) {
        return with("X-DreamFactory-API-Key", key);
    }

    /** As the administrator with that login. */
    public Api login(String email, String password) {
        return withToken(post("system/admin/session", Map.of("email", email, "password", password))
                .ok()
                .text("/session_token"));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** One record in the wrapper that collections take. */
    public static Map<String, Object> one(Map<String, ?> record) {
        return Map.of("resource", List.of(record));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Text bodies go out as they are, anything else as JSON; null: none. */
    public Answer send(String method, String path, Object body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            if (!headers.containsKey("Content-Type")) {
                request.header("Content-Type", "application/json");
            }
            request.method(
                    method,
                    HttpRequest.BodyPublishers.ofString(
                            body instanceof String text ? text : JSON.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An answer; {@code at} takes JSON pointers. */
    public record Answer(String call, int status, String body, HttpResponse<String> raw) {
        /** Fails unless the status is below 300. */
        public Answer ok() {
            if (status >= 300) {
                throw new AssertionError(call + " gave " + status + " " + body);
            }
            return this;
        }

        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError(call + " gave " + status + ", not " + wanted + ": " + body);
            }
            return this;
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public JsonNode at(String pointer) {
            return json().at(pointer);
        }

        public String text(String pointer) {
            return at(pointer).asString();
        }

        public long number(String pointer) {
            return at(pointer).asLong();
        }

        /** The values of that field in {@code resource}, as text. */
        public List<String> column(String field) {
            List<String> values = new ArrayList<>();
            json().get("resource")
                    .forEach(record -> values.add(record.get(field).asString()));
            return values;
        }

        public String message() {
            return text("/error/message");
        }
    }
}
