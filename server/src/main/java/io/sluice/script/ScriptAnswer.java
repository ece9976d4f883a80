package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
                status(envelope.get("status_code")),
                new Content.Tree(envelope.get("content")),
                contentType(envelope.get("content_type")),
                headers(envelope.get("headers")));
    }

    /** A map with content, or with nothing but the other parts of an answer, is one; any other map is content itself. */
    private static boolean isEnvelope(Map<?, ?> map) {
        return map.containsKey("content") || (map.containsKey("status_code") && ENVELOPE.containsAll(map.keySet()));
    }

    private static int status(@Nullable Object asked) {
        if (asked == null) {
            return 200;
        }
        if (asked instanceof Number number && number.doubleValue() == number.intValue() && known(number.intValue())) {
            return number.intValue();
        }
        if (asked instanceof String text && text.matches("\\d{3}") && known(Integer.parseInt(text))) {
            return Integer.parseInt(text);
        }
        throw wrong("a status code of 200 to 599, not '" + asked + "'");
    }

    private static boolean known(int status) {
        return status >= 200 && status <= 599;
    }

    private static @Nullable String contentType(@Nullable Object asked) {
        if (asked == null || asked.equals("")) {
            return null;
        }
        String type = asked.toString();
        if (!isPlain(type)) {
            throw wrong("a content type without line breaks");
        }
        return type;
    }

    private static Map<String, String> headers(@Nullable Object asked) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (asked instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    headers.put(name(String.valueOf(name)), value(value));
                }
            });
        }
        return headers;
    }

    private static String name(String name) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw wrong("header names of letters, digits and dashes");
        }
        return name;
    }

    private static String value(Object value) {
        String text = value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
        if (!isPlain(text)) {
            throw wrong("header values without line breaks");
        }
        return text;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c != 127) || c == '\t');
    }

    private static ApiException wrong(String expected) {
        return new ApiException(ApiError.because(
                500, "script_answer", "The script gave an answer that cannot be sent: it needs " + expected + "."));
    }
}
