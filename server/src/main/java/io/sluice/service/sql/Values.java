package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.service.sql.dialect.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values from callers as values of a column's type; what does not fit is a 400 that names the field. Pure. */
final class Values {
    private static final Set<String> BEYOND = Set.of("NaN", "Infinity", "-Infinity");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "n", "f");
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int MAX_DIGITS = 1000;

    private Values() {}

    /** To be stored. Empty text in a column that holds no text is null. */
    static @Nullable Object stored(Column column, @Nullable Object given) {
        if (given == null || given.equals("") && !holdsEmptyText(column)) {
            return null;
        }
        return typed(column, given);
    }

    /** To be compared with the column. A fraction may be compared with a whole number. */
    static Object compared(Column column, Object given) {
        if (column.kind() == Kind.INTEGER || column.kind() == Kind.BIG_INTEGER) {
            BigDecimal number = number(given);
            if (number == null) {
                throw invalid(column);
            }
            return whole(number) && fits(number) ? (Object) number.longValue() : number;
        }
        return typed(column, given);
    }

    private static boolean holdsEmptyText(Column column) {
        return switch (column.kind()) {
            case TEXT, OTHER, JSON_TREE, BINARY -> true;
            case INTEGER,
                    BIG_INTEGER,
                    DECIMAL,
                    REAL,
                    SINGLE,
                    BOOLEAN,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_TZ,
                    UUID,
                    JSON,
                    ARRAY -> false;
        };
    }

    private static Object typed(Column column, Object given) {
        @Nullable
        Object value = switch (column.kind()) {
            case INTEGER -> integer(given);
            case BIG_INTEGER -> bigInteger(given);
            case DECIMAL -> decimal(column, given);
            case REAL -> real(column, given);
            case SINGLE -> single(column, given);
            case BOOLEAN -> bool(given);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> moment(column, given);
            case UUID -> uuid(given);
            case JSON -> json(given);
            case JSON_TREE -> JsonText.of(given);
            case ARRAY -> array(given);
            case BINARY -> bytes(given);
            case TEXT, OTHER -> text(given);
        };
        if (value == null) {
            throw invalid(column);
        }
        return value;
    }

    private static ApiException invalid(Column column) {
        String what = switch (column.kind()) {
            case INTEGER, BIG_INTEGER -> "integer";
            case DECIMAL, REAL, SINGLE -> "number";
            case BOOLEAN -> "boolean";
            case DATE -> "date (yyyy-MM-dd)";
            case TIME -> "time (HH:mm:ss)";
            case TIMESTAMP, TIMESTAMP_TZ -> "date and time (yyyy-MM-dd HH:mm:ss)";
            case UUID -> "uuid";
            case JSON, JSON_TREE -> "JSON text";
            case ARRAY -> "list, or the database's text of one";
            case BINARY -> "base64 text";
            case TEXT, OTHER -> "text without null characters";
        };
        return ApiException.badRequest("Field '" + column.name() + "' must be a valid " + what + ".");
    }

    private static @Nullable Object integer(Object given) {
        BigDecimal number = number(given);
        return number != null && whole(number) && fits(number) ? (Object) number.longValueExact() : null;
    }

    private static @Nullable Object bigInteger(Object given) {
        BigDecimal number = number(given);
        return number != null && whole(number) ? number : null;
    }

    private static boolean whole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean fits(BigDecimal number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    }

    private static @Nullable BigDecimal number(Object given) {
        return switch (given) {
            case Integer whole -> BigDecimal.valueOf(whole);
            case Long whole -> BigDecimal.valueOf(whole);
            case BigInteger whole -> new BigDecimal(whole);
            case BigDecimal number -> bounded(number);
            case Float number -> Float.isFinite(number) ? new BigDecimal(number.toString()) : null;
            case Double number -> Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            case String text -> parse(text.strip());
            default -> null;
        };
    }

    private static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return null;
        }
        try {
            return bounded(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Ten characters such as 1e999999999 must not become a gigabyte of digits. */
    private static @Nullable BigDecimal bounded(BigDecimal number) {
        return Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS ? null : number;
    }

    /** Not-a-number and the infinities go out as text, so they come in as text. */
    private static @Nullable Object decimal(Column column, Object given) {
        BigDecimal number = number(given);
        return number == null && column.type().openEnded() && given instanceof String text && BEYOND.contains(text)
                ? text
                : number;
    }

    private static @Nullable Object real(Column column, Object given) {
        if (column.type().openEnded() && given instanceof String text && BEYOND.contains(text)) {
            return Double.valueOf(text);
        }
        BigDecimal number = number(given);
        return number == null || !Double.isFinite(number.doubleValue()) ? null : number.doubleValue();
    }

    /** As near as the column comes to it, so that it equals what was stored. */
    private static @Nullable Object single(Column column, Object given) {
        return real(column, given) instanceof Double number
                        && (Float.isFinite(number.floatValue()) || !Double.isFinite(number))
                ? (Object) (double) number.floatValue()
                : null;
    }

    private static @Nullable Object bool(Object given) {
        return switch (given) {
            case Boolean truth -> truth;
            case Number number ->
                number.doubleValue() == 1 ? Boolean.TRUE : number.doubleValue() == 0 ? Boolean.FALSE : null;
            case String text -> word(text);
            default -> null;
        };
    }

    private static @Nullable Boolean word(String text) {
        if (Parameters.isTrue(text)) {
            return true;
        }
        return FALSE.contains(text.strip().toLowerCase(Locale.ROOT)) ? false : null;
    }

    private static @Nullable Object uuid(Object given) {
        String text = String.valueOf(given).strip();
        if (text.length() != 36) {
            return null;
        }
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Object moment(Column column, Object given) {
        if (!(given instanceof String text)) {
            return null;
        }
        @Nullable String read = Times.read(column.kind(), text);
        return read == null && column.type().openEnded() && Times.beyond(text) ? text.strip() : read;
    }

    private static @Nullable Object json(Object given) {
        return given instanceof String text ? JsonText.valid(text) ? text(text) : null : JsonText.of(given);
    }

    /** A list, JSON text of one, or text in the database's own form. */
    private static @Nullable Object array(Object given) {
        @Nullable
        List<?> list =
                given instanceof List<?> plain ? plain : given instanceof String text ? JsonText.list(text) : null;
        return list == null ? given instanceof String text ? text(text) : null : elements(list);
    }

    private static @Nullable Object[] elements(List<?> list) {
        return list.stream().map(Values::element).toArray();
    }

    private static @Nullable Object element(@Nullable Object each) {
        return switch (each) {
            case null -> null;
            case List<?> inner -> elements(inner);
            case Map<?, ?> map -> JsonText.of(map);
            case BigInteger whole -> new BigDecimal(whole);
            default -> each;
        };
    }

    private static byte @Nullable [] bytes(Object given) {
        try {
            if (given instanceof byte[] raw) {
                return raw;
            }
            return given instanceof String text ? Base64.getDecoder().decode(text.strip()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String text(Object given) {
        @Nullable
        String text = switch (given) {
            case String words -> words;
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> map -> JsonText.of(map);
            case List<?> list -> JsonText.of(list);
            default -> String.valueOf(given);
        };
        return text == null || text.indexOf('\0') >= 0 ? null : text;
    }
}
