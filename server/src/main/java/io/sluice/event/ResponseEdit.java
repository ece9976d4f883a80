package io.sluice.event;

import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import io.sluice.script.AnswerParts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a script did to {@code event.response} or returned, put into the answer. */
final class ResponseEdit {
    private ResponseEdit() {}

    /** The answer that a pre script gave, empty when it gave none. A map without {@code content} may set the status alone. */
    static Optional<ServiceResult> answer(@Nullable Object response) {
        if (isEmpty(response)) {
            return Optional.empty();
        }
        if (response instanceof Map<?, ?> map && (map.containsKey("content") || map.containsKey("status_code"))) {
            return Optional.of(merge(ServiceResult.of(200, Content.Tree.NULL), map));
        }
        return Optional.of(ServiceResult.ok(response));
    }

    /** The response as edited in place. */
    static ServiceResult merge(ServiceResult current, @Nullable Object response) {
        if (!(response instanceof Map<?, ?> map)) {
            return current;
        }
        int status = map.containsKey("status_code") ? AnswerParts.status(map.get("status_code")) : current.status();
        Content content = content(current, map);
        @Nullable String given = AnswerParts.contentType(map.get("content_type"));
        @Nullable String type = given != null ? given : content == current.content() ? current.contentType() : null;
        return new ServiceResult(status, content, type, headers(current, map.get("headers")));
    }

    /** The response that a post script returned. */
    static ServiceResult returned(ServiceResult current, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            if (!isEmpty(map.get("response"))) {
                return merge(current, map.get("response"));
            }
            if (map.containsKey("content") || map.containsKey("status_code")) {
                return merge(current, map);
            }
        }
        return new ServiceResult(200, replaced(current, value), null, current.headers());
    }

    /** What counts as nothing returned: null, false, 0, "", [] and {}. */
    static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            default -> false;
        };
    }

    private static Content content(ServiceResult current, Map<?, ?> map) {
        if (!map.containsKey("content")) {
            return current.content();
        }
        Object content = map.get("content");
        return switch (current.content()) {
            case Content.Tree tree when tree.value() == content -> tree;
            // A stream is shown to scripts as an empty list; only something else replaces it.
            case Content.Bytes bytes when isEmpty(content) -> bytes;
            default -> replaced(current, content);
        };
    }

    private static Content replaced(ServiceResult current, @Nullable Object value) {
        current.content().close();
        return new Content.Tree(value);
    }

    /** Over those that are there, whatever the case of their names; null takes one away. */
    private static Map<String, String> headers(ServiceResult current, @Nullable Object edited) {
        if (!(edited instanceof Map<?, ?> map)) {
            return current.headers();
        }
        Map<String, String> headers = new LinkedHashMap<>(current.headers());
        map.forEach((asked, value) -> {
            String name = AnswerParts.headerName(asked);
            headers.keySet().removeIf(name::equalsIgnoreCase);
            if (value != null) {
                headers.put(name, AnswerParts.headerValue(name, value));
            }
        });
        return headers;
    }
}
