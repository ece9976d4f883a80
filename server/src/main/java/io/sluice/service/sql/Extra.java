package io.sluice.service.sql;

import io.sluice.api.Parameters;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of one table, field or relation, by their names in the API. */
record Extra(Map<String, @Nullable Object> values) {
    static final Extra NONE = new Extra(Map.of());

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    boolean flag(String key) {
        return text(key).map(Parameters::isTrue).orElse(false);
    }

    @Nullable
    Object value(String key) {
        return values.get(key);
    }

    /** The alias, or the name itself when there is none. */
    String named(String real) {
        return text("alias").orElse(real);
    }
}
