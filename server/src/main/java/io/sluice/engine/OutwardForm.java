package io.sluice.engine;

import io.sluice.engine.PlatformCalls.Outward;
import io.sluice.engine.PlatformCalls.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A {@code platform.api} call to an absolute address in the form in which it is sent. Pure. */
public final class OutwardForm {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FORM = "application/x-www-form-urlencoded";

    private OutwardForm() {}

    /**
     * Parameters are appended, percent-encoded. Text is sent as it is, without a content type unless the headers name one. Maps and
     * lists are sent as JSON, or as a form where the headers say so; a GET's map becomes parameters.
     *
     * @throws IllegalArgumentException in words for the script's author: a cURL option that we do not have
     */
    public static Outward of(Request request) {
        CurlOptions curl = CurlOptions.read(request.options());
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        @Nullable Object payload = request.payload();
        String method = curl.method().orElse(request.method()).strip().toUpperCase(Locale.ROOT);
        if (payload instanceof Map<?, ?> more && (method.equals("GET") || method.equals("HEAD"))) {
            more.forEach((name, value) -> parameters.put(String.valueOf(name), value));
            payload = null;
        }
        parameters.putAll(request.parameters());
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        curl.headers().forEach((name, value) -> headers.putIfAbsent(name, value));
        byte[] body = body(payload == null ? curl.body() : payload, headers);
        return new Outward(
                method, address(request.path().strip(), parameters), headers, body, curl.redirects(), curl.timeout());
    }

    /**
     * The headers of a script's options, which are a map or a list of {@code Name: value}.
     */
    public static Map<String, String> headers(@Nullable Object given) {
        Map<String, String> headers = new LinkedHashMap<>();
        CurlOptions.headerLines(given, headers);
        return headers;
    }

    private static String address(String address, Map<String, @Nullable Object> parameters) {
        String query = form(parameters);
        if (query.isEmpty()) {
            return address;
        }
        int hash = address.indexOf('#');
        String front = hash < 0 ? address : address.substring(0, hash);
        String mark = front.indexOf('?') < 0 ? "?" : front.endsWith("?") || front.endsWith("&") ? "" : "&";
        return front + mark + query;
    }

    private static byte[] body(@Nullable Object payload, Map<String, String> headers) {
        return switch (payload) {
            case null -> new byte[0];
            case Map<?, ?> map when contentType(headers).startsWith(FORM) ->
                form(map).getBytes(StandardCharsets.US_ASCII);
            case Map<?, ?> map -> json(map, headers);
            case List<?> list -> json(list, headers);
            default -> payload.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] json(Object tree, Map<String, String> headers) {
        if (contentType(headers).isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return JSON.writeValueAsBytes(tree);
    }

    private static String contentType(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(header -> header.getValue().strip().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    /** {@code a=1&list[0]=x}, percent-encoded, as PHP builds it; null values are left out. */
    private static String form(Map<?, ?> values) {
        StringJoiner pairs = new StringJoiner("&");
        values.forEach((name, value) -> add(pairs, String.valueOf(name), value));
        return pairs.toString();
    }

    private static void add(StringJoiner pairs, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((key, inner) -> add(pairs, name + "[" + key + "]", inner));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    add(pairs, name + "[" + i + "]", list.get(i));
                }
            }
            default -> pairs.add(encoded(name) + "=" + encoded(value.toString()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
