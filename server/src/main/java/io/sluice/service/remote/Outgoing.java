package io.sluice.service.remote;

import io.sluice.api.Body;
import io.sluice.api.ServiceRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request that goes out for a call. Pure. */
record Outgoing(RemoteConfig config) {
    /** Between the caller and us. */
    private static final Set<String> KEPT = Set.of("api_key", "session_token", "method", "_method");

    HttpRequest of(ServiceRequest request) {
        HttpRequest.Builder out = HttpRequest.newBuilder(address(request));
        Body body = request.body();
        out.method(
                request.verb().name(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(OutgoingBody.bytes(body)));
        headers(request).forEach(out::setHeader);
        return out.build();
    }

    private URI address(ServiceRequest request) {
        String path = request.resource().segments().stream()
                .map(segment -> "/" + encoded(segment))
                .collect(Collectors.joining());
        String slash = config.keepSlash() && request.resource().folder() ? "/" : "";
        String query = query(request);
        return URI.create(config.base() + path + slash + (query.isEmpty() ? "" : "?" + query));
    }

    private String query(ServiceRequest request) {
        Map<String, @Nullable Object> sent =
                new LinkedHashMap<>(request.parameters().asMap());
        sent.keySet().removeAll(KEPT);
        for (RemoteConfig.Parameter parameter : config.parameters()) {
            if (!parameter.holds(request.verb())) {
                continue;
            }
            if (parameter.exclude()) {
                sent.remove(parameter.name());
            } else if (parameter.outbound()) {
                sent.put(parameter.name(), parameter.value());
            }
        }
        return pairs(sent);
    }

    /** {@code name=value&…}, as in a query and in a form. */
    static String pairs(Map<?, ?> values) {
        StringJoiner pairs = new StringJoiner("&");
        values.forEach((name, value) -> add(pairs, String.valueOf(name), value));
        return pairs.toString();
    }

    private static void add(StringJoiner query, String name, @Nullable Object value) {
        switch (value) {
            case null -> query.add(encoded(name) + "=");
            case Map<?, ?> map -> map.forEach((key, each) -> add(query, name + "[" + key + "]", String.valueOf(each)));
            case List<?> list -> list.forEach(each -> add(query, name + "[]", String.valueOf(each)));
            default -> query.add(encoded(name) + "=" + encoded(value.toString()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> headers(ServiceRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", request.headers().first("accept").orElse("application/json, */*;q=0.8"));
        headers.put("User-Agent", "Sluice");
        if (!request.body().isEmpty()) {
            String type = request.body().contentType();
            headers.put("Content-Type", type.isEmpty() ? "application/json" : type);
        }
        for (RemoteConfig.Header header : config.headers()) {
            if (header.holds(request.verb())) {
                String value = header.fromCaller()
                        ? request.headers().first(header.name()).orElse(header.value())
                        : header.value();
                headers.keySet().removeIf(header.name()::equalsIgnoreCase);
                headers.put(header.name(), value);
            }
        }
        headers.values().removeIf(String::isEmpty);
        return headers;
    }
}
