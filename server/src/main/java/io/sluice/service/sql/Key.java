package io.sluice.service.sql;

import java.math.BigDecimal;
import java.util.List;

/**
 * What identifies one record: a value for each of the identifying columns, in their order, ready to be bound.
 *
 * @param text as the caller wrote it, for messages
 */
record Key(List<Object> values, String text) {
    Key {
        values = List.copyOf(values);
    }

    /** Equal for keys that name the same record, however their numbers were written. */
    List<Object> same() {
        return values.stream().map(Key::plain).toList();
    }

    static Object plain(Object value) {
        return switch (value) {
            case Integer whole -> BigDecimal.valueOf(whole).stripTrailingZeros();
            case Long whole -> BigDecimal.valueOf(whole).stripTrailingZeros();
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros();
            case BigDecimal number -> number.stripTrailingZeros();
            default -> value;
        };
    }
}
