package io.sluice.service.sql.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column's type.
 *
 * @param simple the name that the API uses on every database: {@code string}, {@code integer}, …
 * @param declared as the database spells it: {@code character varying(12)}
 * @param length of text, in characters, when limited
 * @param reading how the column is selected, {@code $} standing for its name; empty for just the name
 * @param writing what stands for a value of it in a statement
 * @param openEnded also holds NaN and the infinities, or dates beyond those of the calendar
 */
public record ColumnType(
        String simple,
        Kind kind,
        String declared,
        @Nullable Integer length,
        @Nullable Integer precision,
        @Nullable Integer scale,
        String reading,
        String writing,
        boolean openEnded) {
    private static final String PLACE = "?";

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
            case DECIMAL -> plain(simple, kind, declared, null, first, argument(declared, 1));
            case TEXT, BINARY -> plain(simple, kind, declared, first, null, null);
            default -> plain(simple, kind, declared, null, null, null);
        };
    }

    private static ColumnType plain(
            String simple,
            Kind kind,
            String declared,
            @Nullable Integer length,
            @Nullable Integer precision,
            @Nullable Integer scale) {
        return new ColumnType(simple, kind, declared, length, precision, scale, "", PLACE, false);
    }

    /** Selected by that expression, in which {@code $} is the column: the server's own text of a value, say. */
    ColumnType readAs(String expression) {
        return new ColumnType(simple, kind, declared, length, precision, scale, expression, writing, openEnded);
    }

    /** Written by that expression, in which {@code ?} is the value. */
    ColumnType writtenAs(String expression) {
        return new ColumnType(simple, kind, declared, length, precision, scale, reading, expression, openEnded);
    }

    /** Holds NaN, infinities and the like. */
    ColumnType orBeyond() {
        return new ColumnType(simple, kind, declared, length, precision, scale, reading, writing, true);
    }

    /** The same type whose values travel as another kind. */
    public ColumnType as(Kind other) {
        return new ColumnType(simple, other, declared, length, precision, scale, reading, writing, openEnded);
    }

    /** What selects a column of this type under its own name. */
    public String selected(String quoted) {
        return reading.isEmpty() ? quoted : reading.replace("$", quoted) + " AS " + quoted;
    }

    /** What selects a value of this type that an expression makes. */
    public String selectedValue(String expression) {
        return reading.isEmpty() ? expression : reading.replace("$", expression);
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
