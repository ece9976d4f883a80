package io.sluice.service.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A value that came as JSON, which may be anything. */
record Json(@Nullable Object value) {
    /** What lies at the end of those names; JSON's null where there is nothing. */
    Json at(String... names) {
        @Nullable Object found = value;
        for (String name : names) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return new Json(found);
    }

    Optional<String> text() {
        return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    OptionalLong number() {
        return value instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    boolean isMap() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    /** The elements of a list; none of anything else. */
    List<Json> items() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** A map's fields in their order; none of anything else. */
    @SuppressWarnings("unchecked") // JSON has no other names than texts
    Map<String, Object> fields() {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
