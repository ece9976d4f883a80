package io.sluice.script;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What answers a call of a script in a dry run: {@code platform.api} and {@code fetch} alike.
 *
 * @param method in upper case; empty: any
 * @param path below {@code /api/v2/}, or an absolute address; {@code *} stands for any text, also of none
 * @param parameters that the call must have, in its path or beside it; {@code *} as in the path
 * @param payload what the call must carry, as {@link Likeness} has it; null: anything
 * @param content what is answered: data, or text
 */
public record Stub(
        String method,
        String path,
        Map<String, String> parameters,
        @Nullable Object payload,
        int status,
        @Nullable Object content,
        String contentType,
        Map<String, String> headers) {
    private static final Set<String> FIELDS =
            Set.of("method", "path", "parameters", "payload", "status", "content", "content_type", "headers");

    /** Reads a list of them; what cannot be meant is a 400 that names the place. */
    public static List<Stub> read(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof List<?> list)) {
            throw ApiException.badRequest("Field 'stubs' must be a list of objects with at least a 'path'.");
        }
        List<Stub> stubs = new ArrayList<>();
        for (Object each : list) {
            stubs.add(one("stubs[" + stubs.size() + "]", each));
        }
        return List.copyOf(stubs);
    }

    private static Stub one(String place, @Nullable Object given) {
        if (!(given instanceof Map<?, ?> fields) || !(fields.get("path") instanceof String path) || path.isBlank()) {
            throw ApiException.badRequest("'" + place + "' must be an object with at least a 'path'.");
        }
        fields.keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw ApiException.badRequest("'" + place + "' has a field '" + field + "'. There are: "
                            + FIELDS.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
        Called called = Called.at(path);
        Map<String, String> parameters = new LinkedHashMap<>(called.parameters());
        parameters.putAll(texts(place + ".parameters", fields.get("parameters")));
        @Nullable Object content = fields.get("content");
        String usual = content instanceof String ? "text/plain" : "application/json";
        return new Stub(
                fields.get("method") instanceof String method && !method.equals("*")
                        ? method.toUpperCase(Locale.ROOT)
                        : "",
                called.path(),
                parameters,
                fields.get("payload"),
                status(place, fields.get("status")),
                content,
                fields.get("content_type") instanceof String type ? type : usual,
                texts(place + ".headers", fields.get("headers")));
    }

    private static int status(String place, @Nullable Object given) {
        return switch (given) {
            case null -> 200;
            case Number number when number.intValue() >= 100 && number.intValue() <= 599 -> number.intValue();
            default ->
                throw ApiException.badRequest(
                        "'" + place + ".status' must be an HTTP status from 100 to 599, not '" + given + "'.");
        };
    }

    private static Map<String, String> texts(String place, @Nullable Object given) {
        Map<String, String> texts = new LinkedHashMap<>();
        switch (given) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
            default -> throw ApiException.badRequest("'" + place + "' must be an object.");
        }
        return texts;
    }

    boolean fits(String itsMethod, Called called, @Nullable Object itsPayload) {
        return (method.isEmpty() || method.equals(itsMethod))
                && like(path, called.path())
                && parameters.entrySet().stream()
                        .allMatch(each -> called.parameters().containsKey(each.getKey())
                                && like(each.getValue(), called.parameters().getOrDefault(each.getKey(), "")))
                && (payload == null || Likeness.fits(payload, itsPayload));
    }

    private static boolean like(String pattern, String text) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(text);
        }
        return Pattern.compile(
                        Pattern.compile("\\*")
                                .splitAsStream(pattern + " ")
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")),
                        Pattern.DOTALL)
                .matcher(text + " ")
                .matches();
    }

    /**
     * Where a call goes.
     *
     * @param path without its query and without {@code /api/v2/}
     * @param parameters those of the query and those beside it, as text
     */
    record Called(String path, Map<String, String> parameters) {
        static Called at(String address) {
            int query = address.indexOf('?');
            Map<String, String> parameters = new LinkedHashMap<>();
            if (query >= 0) {
                Parameters.parse(address.substring(query + 1))
                        .asMap()
                        .forEach((name, value) -> parameters.put(name, String.valueOf(value)));
            }
            return new Called(belowApi(query < 0 ? address : address.substring(0, query)), parameters);
        }

        Called with(Map<String, @Nullable Object> more) {
            Map<String, String> all = new LinkedHashMap<>();
            more.forEach((name, value) -> {
                if (value != null) {
                    all.put(name, value.toString());
                }
            });
            all.putAll(parameters);
            return new Called(path, all);
        }

        private static String belowApi(String path) {
            String below = path.startsWith("/") ? path.substring(1) : path;
            return below.startsWith("api/v2/") ? below.substring("api/v2/".length()) : below;
        }
    }
}
