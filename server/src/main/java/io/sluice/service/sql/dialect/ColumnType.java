package io.sluice.service.sql.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column's type.
 *
 * @param simple the name that the API uses on every database: {@code string}, {@code integer}, …
 * @param declared as the database spells it: {@code character varying(12)}
 * @param length of text, in characters, when limited
 */
public record ColumnType(
        String simple,
        Kind kind,
        String declared,
        @Nullable Integer length,
        @Nullable Integer precision,
        @Nullable Integer scale) {

    /** The type name without its arguments, in lower case: {@code numeric(10,2)} → {@code numeric}. */
    static String base(String declared) {
        String lower = declared.toLowerCase(Locale.ROOT);
        int open = lower.indexOf('(');
        if (open < 0) {
            return lower.strip();
        }
        int close = lower.lastIndexOf(')');
        String tail = close < open ? "" : lower.substring(close + 1);
        return (lower.substring(0, open).strip() + " " + tail.strip()).strip();
    }

    static ColumnType of(String simple, Kind kind, String declared) {
        @Nullable Integer first = argument(declared, 0);
        return switch (kind) {
            case DECIMAL -> new ColumnType(simple, kind, declared, null, first, argument(declared, 1));
            case TEXT, BINARY -> new ColumnType(simple, kind, declared, first, null, null);
            default -> new ColumnType(simple, kind, declared, null, null, null);
        };
    }

    /** The first number in the parentheses, 0 when there is none. */
    static int firstArgument(String declared) {
        @Nullable Integer first = argument(declared, 0);
        return first == null ? 0 : first;
    }

    private static @Nullable Integer argument(String declared, int index) {
        int open = declared.indexOf('(');
        int close = declared.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            return null;
        }
        String[] arguments = declared.substring(open + 1, close).split(",", -1);
        String digits = index < arguments.length ? arguments[index].strip() : "";
        boolean number =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.valueOf(digits) : null;
    }
}
