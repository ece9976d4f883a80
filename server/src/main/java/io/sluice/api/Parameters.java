package io.sluice.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters. Values are strings, or maps and lists for the bracket forms {@code a[b]=c} and {@code a[]=c}. An empty
 * value counts as absent, except through {@link #has} and {@link #asMap}. Immutable.
 */
public final class Parameters {
    public static final Parameters NONE = new Parameters(Map.of());
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "y", "t");

    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    public static Parameters of(Map<String, ?> values) {
        return values.isEmpty() ? NONE : new Parameters(new LinkedHashMap<>(values));
    }

    /** Reads a raw (percent-encoded) query string. Malformed escapes are a 400. */
    public static Parameters parse(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return NONE;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int eq = pair.indexOf('=');
            String name = decode(eq < 0 ? pair : pair.substring(0, eq));
            String value = eq < 0 ? "" : decode(pair.substring(eq + 1));
            store(values, name, value);
        }
        return new Parameters(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The query string holds a malformed percent escape near '" + text + "'.");
        }
    }

    @SuppressWarnings("unchecked")
    private static void store(Map<String, Object> values, String name, String value) {
        int open = name.indexOf('[');
        if (open <= 0 || !name.endsWith("]")) {
            values.put(name, value);
            return;
        }
        String outer = name.substring(0, open);
        String inner = name.substring(open + 1, name.length() - 1);
        if (inner.isEmpty()) {
            Object list = values.get(outer);
            if (!(list instanceof List)) {
                list = new ArrayList<Object>();
                values.put(outer, list);
            }
            ((List<Object>) list).add(value);
        } else {
            Object map = values.get(outer);
            if (!(map instanceof Map)) {
                map = new LinkedHashMap<String, Object>();
                values.put(outer, map);
            }
            ((Map<String, Object>) map).put(inner, value);
        }
    }

    /** The parameter was sent, even without a value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The first of these names that has a value: text, map or list. */
    public Optional<Object> value(String... names) {
        for (String name : names) {
            @Nullable Object value = values.get(name);
            if (value != null && !value.equals("")) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The first of these names (a parameter and its aliases) with a value, as text; a list is joined by commas. */
    public Optional<String> text(String... names) {
        return value(names).map(Parameters::toText);
    }

    private static String toText(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    /** True for true, 1, yes, on, y, t in any case; anything else, also absence, is false. */
    public boolean flag(String... names) {
        return text(names).map(Parameters::isTrue).orElse(false);
    }

    /** How this API reads a boolean from text. */
    public static boolean isTrue(String text) {
        return TRUE.contains(text.trim().toLowerCase(Locale.ROOT));
    }

    /** A whole number; text that is none is a 400 that names the parameter. */
    public OptionalLong number(String... names) {
        Optional<String> text = text(names);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().trim()));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "Parameter '" + names[0] + "' must be a whole number, not '" + text.get() + "'.");
        }
    }

    /** These parameters with those of the other side added; where both have a name, the receiver's value stays. */
    public Parameters orElse(Map<String, ?> defaults) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        defaults.forEach((name, value) -> {
            if (value != null) {
                merged.merge(name, value, (mine, theirs) -> mine.equals("") ? theirs : mine);
            }
        });
        return new Parameters(merged);
    }

    public Map<String, Object> asMap() {
        return values;
    }
}
