package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
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
        int status = map.containsKey("status_code") ? status(map.get("status_code")) : current.status();
        Content content = content(current, map);
        String type = map.get("content_type") instanceof String given && !given.isBlank()
                ? given
                : content == current.content() ? current.contentType() : null;
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

    private static int status(@Nullable Object value) {
        int status = switch (value) {
            case Number number -> number.intValue();
            case String text when text.matches("\\d{3}") -> Integer.parseInt(text);
            case null, default -> 0;
        };
        if (status < 200 || status > 599) {
            throw new ApiException(ApiError.of(
                    500, "A script set the status '" + value + "', which is no HTTP status from 200 to 599."));
        }
        return status;
    }

    private static Map<String, String> headers(ServiceResult current, @Nullable Object edited) {
        if (!(edited instanceof Map<?, ?> map)) {
            return current.headers();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                headers.put(headerName(name), headerValue(name, value));
            }
        });
        return headers;
    }

    private static String headerName(Object name) {
        String text = String.valueOf(name);
        if (!text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")) {
            throw new ApiException(ApiError.of(500, "A script set a header whose name is not allowed in HTTP."));
        }
        return text;
    }

    private static String headerValue(Object name, Object value) {
        String text = value.toString();
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127) || text.length() > 8192) {
            throw new ApiException(
                    ApiError.of(500, "A script set the header '" + name + "' to a value that HTTP does not allow."));
        }
        return text;
    }
}
