package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import io.sluice.script.EventData;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pre script did to {@code event.request}, put into the call. An edited payload wins; {@code content} counts only if it
 * alone was changed. The path cannot be changed; a changed verb is checked against the caller's role anew.
 */
final class RequestEdit {
    private RequestEdit() {}

    static ServiceRequest apply(ServiceRequest request, @Nullable Object edited, String token) {
        if (!(edited instanceof Map<?, ?> map)) {
            return request;
        }
        Map<String, @Nullable Object> before = EventData.request(request, token);
        ServiceRequest changed = request;
        if (map.get("method") instanceof String method) {
            changed = withVerb(changed, method);
        }
        if (map.get("parameters") instanceof Map<?, ?> parameters) {
            changed = changed.withParameters(Parameters.of(texts(unmasked(
                    parameters, before.get("parameters"), request.parameters().asMap()))));
        }
        if (map.get("headers") instanceof Map<?, ?> headers) {
            changed = changed.withHeaders(headers(
                    unmasked(headers, before.get("headers"), request.headers().asMap())));
        }
        return withBody(changed, before, map, token);
    }

    /** What the script left as it was shown keeps its real value: credentials were shown masked. */
    private static Map<Object, @Nullable Object> unmasked(
            Map<?, ?> edited, @Nullable Object shown, Map<String, ?> real) {
        Map<Object, @Nullable Object> merged = new LinkedHashMap<>();
        edited.forEach((name, value) -> {
            boolean untouched =
                    shown instanceof Map<?, ?> map && real.containsKey(name) && Objects.equals(map.get(name), value);
            merged.put(name, untouched ? real.get(name) : value);
        });
        return merged;
    }

    private static ServiceRequest withVerb(ServiceRequest request, String method) {
        Verb verb = Verb.parse(method)
                .orElseThrow(() -> new ApiException(
                        ApiError.of(500, "A pre_process script set an unknown method: '" + method + "'.")));
        if (verb == request.verb()) {
            return request;
        }
        String component = request.resource().text();
        if (!request.rights().may(verb, component)) {
            throw ApiException.forbidden("Access Forbidden. " + verb + " access to component '" + component
                    + "' of service '" + request.service() + "' is not allowed by this user's role.");
        }
        return request.withVerb(verb);
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                texts.put(
                        String.valueOf(name), value instanceof Map || value instanceof Iterable ? value : text(value));
            }
        });
        return texts;
    }

    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf(number.longValue())
                : value.toString();
    }

    private static Headers headers(Map<?, ?> map) {
        Headers.Builder headers = Headers.builder();
        map.forEach((name, value) -> {
            if (value != null) {
                headers.add(String.valueOf(name), text(value));
            }
        });
        return headers.build();
    }

    /** What scripts see of the payload is a copy: an edit is what differs from the original. */
    private static ServiceRequest withBody(
            ServiceRequest request, Map<String, @Nullable Object> before, Map<?, ?> edited, String token) {
        if (changed(before, edited, "payload")) {
            return request.withBody(Body.of(
                    edited.get("payload") instanceof Map<?, ?> payload
                            ? unmasked(payload, before.get("payload"), ofBody(request, before))
                            : edited.get("payload")));
        }
        if (changed(before, edited, "content") && edited.get("content") instanceof String content) {
            String type = edited.get("content_type") instanceof String given
                    ? given
                    : request.body().contentType();
            String text = unmasked(content, request, token);
            return request.withBody(Body.raw(text.getBytes(StandardCharsets.UTF_8), type));
        }
        return request;
    }

    /** The one credential that stood in the text stands there again; of two nobody could tell which was meant. */
    private static String unmasked(String edited, ServiceRequest request, String token) {
        List<String> real = Stream.concat(request.caller().apiKey().stream(), request.caller().token().stream())
                .filter(request.body().text()::contains)
                .toList();
        return real.size() == 1 ? edited.replace(token, real.getFirst()) : edited;
    }

    /** What stands in a body, by name; asked for only once a script was shown the same. */
    private static Map<String, ?> ofBody(ServiceRequest request, Map<String, @Nullable Object> shown) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (shown.get("payload") instanceof Map && request.body().payload() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof String) {
                    named.put(String.valueOf(name), value);
                }
            });
        }
        return named;
    }

    private static boolean changed(Map<String, @Nullable Object> before, Map<?, ?> edited, String field) {
        return edited.containsKey(field) && !Objects.equals(before.get(field), edited.get(field));
    }
}
