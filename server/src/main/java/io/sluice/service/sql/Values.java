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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Values from callers as values of a column's type; what does not fit is a 400 that names the field. Pure. */
final class Values {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "n", "f");
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int MAX_DIGITS = 1000;

    private Values() {}

    /** To be stored. Empty text in a column that holds no text is null. */
    static @Nullable Object stored(Column column, @Nullable Object given) {
        if (given == null || given.equals("") && !holdsText(column)) {
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

    private static boolean holdsText(Column column) {
        return column.kind() == Kind.TEXT || column.kind() == Kind.OTHER;
    }

    private static Object typed(Column column, Object given) {
        @Nullable
        Object value = switch (column.kind()) {
            case INTEGER -> integer(given);
            case BIG_INTEGER -> bigInteger(given);
            case DECIMAL -> number(given);
            case REAL -> real(given);
            case BOOLEAN -> bool(given);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> Times.read(column.kind(), String.valueOf(given));
            case UUID -> uuid(given);
            case JSON -> json(given);
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
            case DECIMAL, REAL -> "number";
            case BOOLEAN -> "boolean";
            case DATE -> "date (yyyy-MM-dd)";
            case TIME -> "time (HH:mm:ss)";
            case TIMESTAMP, TIMESTAMP_TZ -> "date and time (yyyy-MM-dd HH:mm:ss)";
            case UUID -> "uuid";
            case JSON -> "JSON text";
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

    private static @Nullable Object real(Object given) {
        BigDecimal number = number(given);
        return number == null || !Double.isFinite(number.doubleValue()) ? null : number.doubleValue();
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

    private static @Nullable Object json(Object given) {
        try {
            if (given instanceof String text) {
                JSON.readTree(text);
                return text(text);
            }
            return JSON.writeValueAsString(given);
        } catch (JacksonException e) {
            return null;
        }
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
        String text = switch (given) {
            case String words -> words;
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> map -> JSON.writeValueAsString(map);
            case List<?> list -> JSON.writeValueAsString(list);
            default -> String.valueOf(given);
        };
        return text.indexOf('\0') >= 0 ? null : text;
    }
}
