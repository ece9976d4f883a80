package io.sluice.service.sql;

import io.sluice.api.Parameters;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values that a caller wants as another type. What cannot be one stays as it is. Pure. */
final class Casts {
    private Casts() {}

    static @Nullable Object to(String type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "integer", "int", "bigint", "smallint", "mediumint", "tinyint", "id", "reference" -> whole(value);
            case "decimal", "float", "double", "money", "numeric" -> number(value);
            case "boolean", "bool" -> Parameters.isTrue(String.valueOf(value));
            case "string", "text" -> String.valueOf(value);
            default -> value;
        };
    }

    private static Object whole(Object value) {
        Object number = number(value);
        return number instanceof BigDecimal decimal && decimal.precision() - decimal.scale() <= 18
                ? (Object) decimal.longValue()
                : number;
    }

    private static Object number(Object value) {
        try {
            return new BigDecimal(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            return value;
        }
    }
}
