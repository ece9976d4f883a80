package io.sluice.script;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Row;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds what scripts see as {@code event.request} and {@code event.response}. Maps and lists are fresh and may be changed. */
public final class EventData {
    /** The number that says that {@code response.content} is data, not text. */
    public static final int NATIVE = 201;

    /** Stands for a body that is no text. */
    public static final String NOT_TEXT = "--non-parsable-data--";

    private EventData() {}

    /** The request, its credentials replaced by the token of the scope. Nothing in it is shared with the request itself. */
    public static Map<String, @Nullable Object> request(ServiceRequest request, String token) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        String version = request.version();
        String resource = request.resource().text();
        data.put("api_version", version.contains(".") ? version : version + ".0");
        data.put("method", request.verb().name());
        data.put("parameters", Credentials.parameters(request.parameters().asMap(), token));
        data.put("headers", Credentials.headers(request.headers().asMap(), token));
        data.put("payload", Credentials.payload(payload(request.body()), request.caller(), token));
        data.put("content", content(request, token));
        data.put("content_type", contentType(request.body()));
        data.put("uri", Credentials.uri(request.uri(), token));
        data.put("service", request.service());
        data.put("resource", request.resource().folder() ? resource + "/" : resource);
        return data;
    }

    /**
     * The response. Rows are drained, so the result must not be used after that; trees are shared: an edit of the script is an edit
     * of the result (see {@link #copy}). Bytes are not shown: their content is null.
     */
    public static Map<String, @Nullable Object> response(ServiceResult result) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("status_code", result.status());
        data.put("content_type", result.contentType());
        data.put(
                "content",
                switch (result.content()) {
                    case Content.Tree(@Nullable Object value) -> value;
                    case Content.Rows rows -> Drained.of(rows).value();
                    case Content.Bytes bytes -> null;
                });
        data.put("format", NATIVE);
        data.put("headers", new LinkedHashMap<>(result.headers()));
        return data;
    }

    /** The response that a script service begins with. */
    public static Map<String, @Nullable Object> emptyResponse() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("content", null);
        data.put("content_type", null);
        data.put("status_code", 200);
        return data;
    }

    /** The same data in maps and lists of its own, to be changed without changing the original. */
    public static @Nullable Object copy(@Nullable Object value) {
        return switch (value) {
            case Row row -> row.copy(EventData::copy);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, inner) -> copy.put(String.valueOf(name), copy(inner)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(inner -> copy.add(copy(inner)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    /** The decoded body; an empty list without one, null when it cannot be decoded. */
    private static @Nullable Object payload(Body body) {
        if (body.isEmpty()) {
            return new ArrayList<>();
        }
        try {
            return copy(body.payload());
        } catch (ApiException e) {
            // The service refuses the body when it reads it; scripts may still look at its text.
            return null;
        }
    }

    private static @Nullable Object content(ServiceRequest request, String token) {
        @Nullable Object content = content(request.body());
        return content instanceof String text
                ? Credentials.text(text, request.caller(), token)
                : Credentials.payload(content, request.caller(), token);
    }

    static @Nullable Object content(Body body) {
        if (body.isEmpty()) {
            return "";
        }
        if (body.bytes().length == 0) {
            return payload(body);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            return NOT_TEXT;
        }
    }

    private static String contentType(Body body) {
        return body.contentType().isEmpty() ? "application/json" : body.contentType();
    }
}
