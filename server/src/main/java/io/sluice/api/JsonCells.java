package io.sluice.api;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberOutput;

/** Writes cells as JSON, as they come from a cursor: nothing is made for one. */
public final class JsonCells {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private static final boolean[] PLAIN = plain();
    private static final String HEX = "0123456789ABCDEF";

    private final Utf8Buffer json;

    public JsonCells(Utf8Buffer json) {
        this.json = json;
    }

    /** What stands in a JSON text as it is. */
    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        for (int c = ' '; c < plain.length; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public void nothing() {
        json.put(NULL, 0);
    }

    public void integer(long value) {
        json.number(value);
    }

    /** JSON has no word for what is not finite: null. */
    public void real(double value) {
        if (Double.isFinite(value)) {
            json.ascii(NumberOutput.toString(value, true));
        } else {
            nothing();
        }
    }

    /** Databases also say NaN and Infinity, which JSON cannot: null. */
    public void decimal(String digits) {
        if (isNumber(digits)) {
            json.ascii(digits);
        } else {
            nothing();
        }
    }

    static boolean isNumber(String digits) {
        char last = digits.charAt(digits.length() - 1);
        return last >= '0' && last <= '9';
    }

    public void bool(boolean value) {
        json.put(value ? TRUE : FALSE, 0);
    }

    public void text(String value) {
        json.ascii('"');
        int at = json.copy(value, 0, PLAIN);
        while (at < value.length()) {
            at = json.copy(value, special(value, at), PLAIN);
        }
        json.ascii('"');
    }

    /** The same bytes, but for quotes, backslashes and control characters. */
    public void utf8(byte[] text) {
        json.ascii('"');
        int from = 0;
        for (int at = 0; at < text.length; at++) {
            byte c = text[at];
            if (c >= 0 && !PLAIN[c]) {
                json.put(text, from, at);
                escaped((char) c);
                from = at + 1;
            }
        }
        json.put(text, from, text.length);
        json.ascii('"');
    }

    /** One character that must be escaped or takes several bytes; the place of the next. */
    private int special(String text, int at) {
        char c = text.charAt(at);
        if (c >= PLAIN.length && !Character.isSurrogate(c)) {
            return json.character(text, at);
        }
        escaped(c);
        return at + 1;
    }

    private void escaped(char c) {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            default -> byNumber(c);
        }
    }

    private void escape(char letter) {
        json.ascii('\\');
        json.ascii(letter);
    }

    private void byNumber(char c) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.ascii(HEX.charAt(c >> shift & 15));
        }
    }
}
