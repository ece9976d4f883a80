package io.sluice.engine.js;

import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Fetched;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What callbacks of Node's style are called with: the body as text, and a response. */
final class NodeAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private NodeAnswers() {}

    static Map<String, @Nullable Object> of(Answer answer) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        headers.put("content-type", answer.contentType());
        answer.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return answer(text(answer.content()), answer.status(), StatusWords.of(answer.status()), headers);
    }

    static Map<String, @Nullable Object> of(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answered answered ->
                answer(
                        answered.text(),
                        answered.status(),
                        answered.statusText(),
                        new LinkedHashMap<>(answered.headers()));
            case Fetched.Refused refused ->
                answer(
                        JSON.writeValueAsString(Map.of("error", error(refused))),
                        refused.status(),
                        StatusWords.of(refused.status()),
                        new LinkedHashMap<>(Map.of("content-type", "application/json")));
        };
    }

    private static Map<String, @Nullable Object> error(Fetched.Refused refused) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", refused.status());
        error.put("context", refused.reason().isEmpty() ? null : Map.of("reason", refused.reason()));
        error.put("message", refused.message());
        error.put("status_code", refused.status());
        return error;
    }

    private static Map<String, @Nullable Object> answer(
            String body, int status, String words, Map<String, @Nullable Object> headers) {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("statusCode", status);
        response.put("statusMessage", words);
        response.put("headers", headers);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("body", body);
        map.put("response", response);
        return map;
    }

    private static String text(@Nullable Object content) {
        return switch (content) {
            case null -> "null";
            case String text -> text;
            default -> JSON.writeValueAsString(content);
        };
    }
}
