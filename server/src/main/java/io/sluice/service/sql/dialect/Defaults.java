package io.sluice.service.sql.dialect;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Column defaults as catalogues report them. */
final class Defaults {
    private Defaults() {}

    static @Nullable Object read(String reported, ColumnType type) {
        String text = reported.strip();
        if (text.equalsIgnoreCase("NULL")) {
            return null;
        }
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        String plain = quoted ? text.substring(1, text.length() - 1).replace("''", "'") : text;
        return switch (type.kind()) {
            case BOOLEAN -> bool(plain);
            case INTEGER, BIG_INTEGER, DECIMAL, REAL -> number(plain);
            default -> plain;
        };
    }

    private static Object bool(String plain) {
        return switch (plain) {
            case "1", "true", "TRUE", "t", "b'1'" -> true;
            case "0", "false", "FALSE", "f", "b'0'" -> false;
            default -> plain;
        };
    }

    private static Object number(String plain) {
        try {
            return new BigDecimal(plain);
        } catch (NumberFormatException e) {
            return plain;
        }
    }
}
