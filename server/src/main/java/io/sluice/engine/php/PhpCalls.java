package io.sluice.engine.php;

import io.sluice.engine.Nesting;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out what a script asks of {@code platform.api} and {@code platform.store}. Confined to the run's thread. */
final class PhpCalls {
    /** The numbers of formats as scripts know them from {@code event.response.format}. */
    private static final int NATIVE = 201;

    private static final int RAW = 0;

    /** As long as the platform that these scripts come from kept a value. */
    private static final long STORED_SECONDS = 900;

    private final PlatformCalls calls;

    PhpCalls(PlatformCalls calls) {
        this.calls = calls;
    }

    /** The answer as scripts see it; errors of the call are answers, too. */
    byte[] call(Map<String, @Nullable Object> asked) {
        Request request = request(asked);
        Answer answer = Nesting.within(() -> calls.call(request));
        try {
            return EventJson.write(shown(answer));
        } catch (EventJson.TooDeep e) {
            return written(Map.of("status_code", 500, "content", error(500, String.valueOf(e.getMessage()))));
        }
    }

    private static Request request(Map<String, @Nullable Object> asked) {
        String method = String.valueOf(asked.get("method"));
        @Nullable Object payload = asked.get("payload");
        Map<String, @Nullable Object> options = map(asked.get("options"));
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (method.equals("GET")) {
            parameters.putAll(map(payload));
        }
        parameters.putAll(map(options.get("parameters")));
        return new Request(
                method, String.valueOf(asked.get("path")), payload, parameters, headers(options.get("headers")));
    }

    /** A map, or a list of {@code Name: value}. */
    private static Map<String, String> headers(@Nullable Object given) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given instanceof List<?> lines) {
            for (Object line : lines) {
                String[] parts = String.valueOf(line).split(":", 2);
                headers.put(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
            }
        }
        map(given).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        return headers;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((name, each) -> map.put(String.valueOf(name), each));
        }
        return map;
    }

    private static Map<String, @Nullable Object> shown(Answer answer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("status_code", answer.status());
        map.put("content_type", answer.contentType());
        map.put("content", answer.content());
        map.put("format", answer.content() instanceof String ? RAW : NATIVE);
        map.put("headers", answer.headers());
        return map;
    }

    private static Map<String, Object> error(int status, String message) {
        return Map.of("error", Map.of("code", status, "message", message, "status_code", status));
    }

    /** A part of {@code platform} that is data, such as {@code session}. */
    byte[] part(Map<String, @Nullable Object> platform, String name) {
        @Nullable Object known = platform.get(name);
        return written(Map.of("value", known == null ? Map.of() : known));
    }

    byte[] store(Map<String, @Nullable Object> asked) {
        String key = String.valueOf(asked.get("key"));
        try {
            return switch (String.valueOf(asked.get("do"))) {
                case "get" -> found(key);
                case "set" -> {
                    long seconds = asked.get("seconds") instanceof Number given ? given.longValue() : 0;
                    calls.store().set(key, asked.get("value"), seconds > 0 ? seconds : STORED_SECONDS);
                    yield written(Map.of());
                }
                default -> written(Map.of("found", calls.store().delete(key)));
            };
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return written(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private byte[] found(String key) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        calls.store().get(key).ifPresent(value -> answer.put("value", value));
        answer.put("found", answer.containsKey("value"));
        return written(answer);
    }

    /** What was kept before was written by a script, so it is no deeper than scripts can write. */
    private static byte[] written(Map<String, ?> answer) {
        try {
            return EventJson.write(answer);
        } catch (EventJson.TooDeep e) {
            throw new IllegalStateException("a stored value is nested too deeply", e);
        }
    }
}
