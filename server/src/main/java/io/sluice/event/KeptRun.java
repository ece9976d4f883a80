package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.KeptCaller;
import io.sluice.api.Plain;
import io.sluice.script.RunQueue;
import io.sluice.script.ScriptId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A queued run as the text of its job, and back. Pure.
 *
 * @param queuedBefore how many queued runs, each queued by the one before, led to this one
 */
record KeptRun(
        ScriptId script, KeptCaller caller, Map<String, @Nullable Object> event, int queuedBefore, boolean print) {
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A 413 when it is too large to be kept. */
    static String text(RunQueue.Order order) {
        KeptCaller caller = KeptCaller.of(order.caller());
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("script", order.script().toString());
        parts.put("person", caller.person().orElse(null));
        parts.put("app", caller.app().orElse(null));
        parts.put("role", caller.role().orElse(null));
        parts.put("key_sent", caller.keySent());
        parts.put("platform", caller.platform());
        parts.put("queued_before", order.queuedBefore());
        parts.put("print", order.print());
        parts.put("event", Plain.of(order.event()));
        String text = JSON.writeValueAsString(parts);
        if (text.length() > MOST_CHARACTERS) {
            throw new ApiException(ApiError.because(
                    413,
                    "script_event_too_large",
                    "The script " + order.script() + " was not queued: its event has " + text.length()
                            + " characters, and at most " + MOST_CHARACTERS + " are kept for later."));
        }
        return text;
    }

    /** What {@link #text} made. */
    static KeptRun read(String text) {
        Map<?, ?> parts = JSON.readValue(text, Map.class);
        String script = String.valueOf(parts.get("script"));
        return new KeptRun(
                ScriptId.parse(script).orElseThrow(() -> new IllegalStateException("no script: " + script)),
                new KeptCaller(
                        id(parts.get("person")),
                        id(parts.get("app")),
                        id(parts.get("role")),
                        Boolean.TRUE.equals(parts.get("key_sent")),
                        Boolean.TRUE.equals(parts.get("platform"))),
                event(parts.get("event")),
                parts.get("queued_before") instanceof Integer number ? number : 0,
                Boolean.TRUE.equals(parts.get("print")));
    }

    private static Optional<Long> id(@Nullable Object number) {
        return number instanceof Number id ? Optional.of(id.longValue()) : Optional.empty();
    }

    private static Map<String, @Nullable Object> event(@Nullable Object kept) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        if (kept instanceof Map<?, ?> map) {
            map.forEach((name, value) -> event.put(String.valueOf(name), value));
        }
        return event;
    }
}
