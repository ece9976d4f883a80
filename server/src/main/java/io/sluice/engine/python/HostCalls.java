package io.sluice.engine.python;

import io.sluice.engine.PlatformCalls;
import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what a script asks {@code platform.api} and {@code platform.store} for. Confined to the run's thread. */
final class HostCalls {
    /** The numbers of formats as scripts know them from {@code event.response.format}. */
    private static final int NATIVE = 201;

    private static final int RAW = 0;

    /** As long as scripts know it from the peer. */
    private static final long STORE_SECONDS = 900;

    private static final byte[] NOTHING = {};

    private final PlatformCalls calls;
    private @Nullable RuntimeException failure;

    /** What it is, and its content as text or JSON. */
    record Reply(Map<String, @Nullable Object> about, byte[] content) {}

    HostCalls(PlatformCalls calls) {
        this.calls = calls;
    }

    /** What a call threw that should have answered. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    Reply answer(Map<?, ?> asked) {
        try {
            return switch (String.valueOf(asked.get("op"))) {
                case "call" -> called(request(asked));
                case "get" -> found(calls.store().get(text(asked.get("key"))));
                case "set" -> set(asked);
                case "delete" -> known(calls.store().delete(text(asked.get("key"))));
                default -> refused("there is no such call");
            };
        } catch (RuntimeException e) {
            failure = e;
            return refused("The call of " + asked.get("path") + " failed inside the server.");
        }
    }

    private static Request request(Map<?, ?> asked) {
        String method = text(asked.get("method"));
        @Nullable Object payload = Edits.fresh(asked.get("payload"));
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (method.equals("GET") && payload instanceof Map<?, ?> more) {
            more.forEach((name, value) -> parameters.put(String.valueOf(name), value));
        }
        if (asked.get("parameters") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> parameters.put(String.valueOf(name), Edits.fresh(value)));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (asked.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return new Request(method, text(asked.get("path")), payload, parameters, headers);
    }

    private Reply called(Request request) {
        Answer answer = calls.call(request);
        Map<String, @Nullable Object> about = new LinkedHashMap<>();
        about.put("status_code", answer.status());
        about.put("content_type", answer.contentType());
        about.put("headers", answer.headers());
        boolean text = answer.content() instanceof String;
        about.put("format", text ? RAW : NATIVE);
        about.put("text", text);
        byte[] content = answer.content() instanceof String words
                ? words.getBytes(StandardCharsets.UTF_8)
                : Wire.bytes(answer.content());
        return new Reply(about, content);
    }

    private static Reply found(Optional<Object> value) {
        return new Reply(Map.of("found", value.isPresent()), Wire.bytes(value.orElse(null)));
    }

    private Reply set(Map<?, ?> asked) {
        long seconds = asked.get("seconds") instanceof Number number ? number.longValue() : STORE_SECONDS;
        try {
            calls.store().set(text(asked.get("key")), Edits.fresh(asked.get("value")), seconds);
            return known(true);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Reply known(boolean found) {
        return new Reply(Map.of("found", found), NOTHING);
    }

    private static Reply refused(String why) {
        return new Reply(Map.of("error", why), NOTHING);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
