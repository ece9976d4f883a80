package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of an answer that a script gives, held to what HTTP allows: all else is a 500 that says what is wrong. Pure. */
public final class AnswerParts {
    private static final int LONGEST_HEADER = 8192;

    private AnswerParts() {}

    public static int status(@Nullable Object asked) {
        int status = switch (asked) {
            case Number number when number.doubleValue() == number.intValue() -> number.intValue();
            case String text when text.matches("\\d{3}") -> Integer.parseInt(text);
            case null, default -> 0;
        };
        if (status < 200 || status > 599) {
            throw wrong("a status code from 200 to 599, not '" + shortened(asked) + "'");
        }
        return status;
    }

    /** Null for none: the answer then has the form that the caller asked for. */
    public static @Nullable String contentType(@Nullable Object asked) {
        if (asked == null || asked.toString().isBlank()) {
            return null;
        }
        return plain("content type", asked.toString());
    }

    public static String headerName(Object asked) {
        String name = asked.toString();
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")) {
            throw wrong("header names of letters, digits and dashes");
        }
        return name;
    }

    /** Several values are joined by commas. */
    public static String headerValue(Object name, Object asked) {
        String text = asked instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
                : asked.toString();
        return plain("header '" + name + "'", text);
    }

    private static String plain(String what, String text) {
        if (text.length() > LONGEST_HEADER) {
            throw wrong("a " + what + " of at most " + LONGEST_HEADER + " characters");
        }
        if (!text.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127 && c <= 255)) {
            throw wrong("a " + what + " without line breaks, of characters that a header can hold (ISO 8859-1)");
        }
        return text;
    }

    private static String shortened(@Nullable Object asked) {
        String text = String.valueOf(asked);
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static ApiException wrong(String expected) {
        return new ApiException(ApiError.because(
                500, "script_answer", "The script gave an answer that cannot be sent: it needs " + expected + "."));
    }
}
