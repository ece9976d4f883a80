package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a routine carries: arguments by place or by name, and how the result is to look. Arguments are the first of
 * the body's {@code params}, the list in the path, the query. Pure.
 */
final class RoutineArguments {
    private static final Set<String> RESERVED = Set.of("params", "returns", "schema", "wrapper");

    private final ServiceRequest request;
    private final Map<?, ?> body;
    private final Optional<String> inline;

    /** @param inline what stands between the parentheses of the path */
    RoutineArguments(ServiceRequest request, Optional<String> inline) {
        this.request = request;
        this.body = request.body().isEmpty() || !(request.payload() instanceof Map<?, ?> map) ? Map.of() : map;
        this.inline = inline;
    }

    Optional<String> option(String name) {
        return FieldDefinition.text(body, name).or(() -> request.parameters().text(name));
    }

    /** Column names with the types that their values are to have. */
    Map<?, ?> schema() {
        return body.get("schema") instanceof Map<?, ?> map
                ? map
                : request.parameters().value("schema").orElse(Map.of()) instanceof Map<?, ?> query ? query : Map.of();
    }

    /** A value for each of these parameters; the last optional ones may be missing. */
    List<@Nullable Object> of(List<Routine.Parameter> inputs) {
        @Nullable Object params = body.get("params");
        if (params == null) {
            params = request.parameters().value("params").orElse(null);
        }
        if (params instanceof List<?> list && !list.isEmpty()) {
            return list.getFirst() instanceof Map<?, ?> first && first.containsKey("value") && first.containsKey("name")
                    ? byName(inputs, pairs(list))
                    : byPlace(inputs, list);
        }
        if (params instanceof Map<?, ?> map && !map.isEmpty()) {
            return byName(inputs, map);
        }
        boolean plain =
                !body.isEmpty() && body.keySet().stream().noneMatch(key -> RESERVED.contains(String.valueOf(key)));
        if (plain) {
            return byName(inputs, body);
        }
        return inline.filter(text -> !text.isBlank()).isPresent()
                ? byPlace(inputs, split(inline.get()))
                : byName(inputs, request.parameters().asMap());
    }

    private static Map<String, @Nullable Object> pairs(List<?> list) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> pair) {
                pairs.put(String.valueOf(pair.get("name")), pair.get("value"));
            }
        }
        return pairs;
    }

    private static List<@Nullable Object> byPlace(List<Routine.Parameter> inputs, List<?> given) {
        if (given.size() > inputs.size()) {
            throw ApiException.badRequest(
                    given.size() + " arguments were given, but there are only " + inputs.size() + " parameters.");
        }
        for (Routine.Parameter input : inputs.subList(given.size(), inputs.size())) {
            requireOptional(input);
        }
        return new ArrayList<>(given);
    }

    private static List<@Nullable Object> byName(List<Routine.Parameter> inputs, Map<?, ?> given) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        given.forEach((name, value) -> named.put(String.valueOf(name).toLowerCase(Locale.ROOT), value));
        List<@Nullable Object> values = new ArrayList<>();
        boolean ended = false;
        for (Routine.Parameter input : inputs) {
            String name = input.name().toLowerCase(Locale.ROOT);
            if (!named.containsKey(name)) {
                requireOptional(input);
                ended = true;
            } else if (ended) {
                throw ApiException.badRequest("Argument '" + input.name() + "' needs those before it as well.");
            } else {
                values.add(named.get(name));
            }
        }
        return values;
    }

    private static void requireOptional(Routine.Parameter input) {
        if (!input.optional()) {
            String name = input.name().isEmpty() ? "number " + input.position() : "'" + input.name() + "'";
            throw ApiException.badRequest(
                    "Argument " + name + " (" + input.type().simple() + ") is missing.");
        }
    }

    /** Commas between values; quotes around those that hold commas, doubled where they stand for themselves. */
    private static List<@Nullable Object> split(String text) {
        List<@Nullable Object> values = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            int end = end(text, at);
            values.add(read(text.substring(at, end).strip()));
            at = end + 1;
        }
        return values;
    }

    /** The next comma outside quotes, or the end. A doubled quote closes and opens again. */
    private static int end(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ',') {
                return i;
            }
        }
        return text.length();
    }

    private static @Nullable Object read(String value) {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        boolean quoted =
                value.length() > 1 && (first == '\'' || first == '"') && value.charAt(value.length() - 1) == first;
        if (quoted) {
            String quote = String.valueOf(first);
            return value.substring(1, value.length() - 1).replace(quote + quote, quote);
        }
        return value.equalsIgnoreCase("null") ? null : value;
    }
}
