package io.sluice.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Request headers by lower-case name; several values of one name are joined by a comma. Immutable. */
public final class Headers {
    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, String> byName;

    private Headers(Map<String, String> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Headers from a map with names in any case. */
    public static Headers of(Map<String, String> values) {
        Builder builder = new Builder();
        values.forEach(builder::add);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<String> first(String name) {
        String value = byName.get(name.toLowerCase(Locale.ROOT));
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** All headers, names in lower case, in the order of the wire. */
    public Map<String, String> asMap() {
        return byName;
    }

    /** Gathers headers in the order of the wire. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        public Builder add(String name, String value) {
            values.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b);
            return this;
        }

        public Headers build() {
            return values.isEmpty() ? NONE : new Headers(values);
        }
    }
}
