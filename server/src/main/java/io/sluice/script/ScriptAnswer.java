package io.sluice.script;

import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an answer from what a script service gave back. Pure. */
public final class ScriptAnswer {
    private static final Set<String> ENVELOPE = Set.of("content", "content_type", "status_code", "headers", "format");

    private ScriptAnswer() {}

    /**
     * @param value what the script returned, or the response of its event
     * @param returned which of both
     */
    public static ServiceResult read(@Nullable Object value, boolean returned) {
        @Nullable
        Object answer =
                returned && value instanceof Map<?, ?> map && map.get("response") != null ? map.get("response") : value;
        if (!(answer instanceof Map<?, ?> envelope) || !isEnvelope(envelope)) {
            return ServiceResult.ok(answer);
        }
        return new ServiceResult(
                envelope.get("status_code") == null ? 200 : AnswerParts.status(envelope.get("status_code")),
                new Content.Tree(envelope.get("content")),
                AnswerParts.contentType(envelope.get("content_type")),
                headers(envelope.get("headers")));
    }

    /** A map with content, or with nothing but the other parts of an answer, is one; any other map is content itself. */
    private static boolean isEnvelope(Map<?, ?> map) {
        return map.containsKey("content") || (map.containsKey("status_code") && ENVELOPE.containsAll(map.keySet()));
    }

    private static Map<String, String> headers(@Nullable Object asked) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (asked instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    headers.put(AnswerParts.headerName(name), AnswerParts.headerValue(name, value));
                }
            });
        }
        return headers;
    }
}
