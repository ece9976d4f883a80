package io.sluice.encode;

import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * Writes cells as they come from the cursor: the elements of an array, or lines. Nothing is made for a row, and nothing asks where in the
 * text this is, as a writer of any JSON must: a quarter of the time.
 */
final class JsonRowSink implements RowSink {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private static final boolean[] PLAIN = plain();
    private static final String HEX = "0123456789ABCDEF";

    private final Utf8Buffer json;
    private final OutputStream out;
    private final byte[][] names;
    private final boolean lines;
    private boolean firstRow = true;
    private boolean firstCell;

    /** {@code lines}: each record ends a line, and whole lines may be sent before the next is known. */
    JsonRowSink(Utf8Buffer json, OutputStream out, RowShape shape, boolean lines) {
        this.json = json;
        this.out = out;
        this.names = names(shape);
        this.lines = lines;
    }

    /** Each with the comma that stands before all but the first. */
    private static byte[][] names(RowShape shape) {
        byte[][] names = new byte[shape.size()][];
        for (int column = 0; column < names.length; column++) {
            names[column] = shape.jsonKey(column);
        }
        return names;
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

    private void name(int column) {
        json.put(names[column], firstCell ? 1 : 0);
        firstCell = false;
    }

    /** One that no comma stands before. */
    void beginFirstRow() {
        firstRow = true;
        beginRow();
    }

    @Override
    public void beginRow() {
        if (!lines && !firstRow) {
            json.ascii(',');
        }
        json.ascii('{');
        firstRow = false;
        firstCell = true;
    }

    @Override
    public void nothing(int column) {
        name(column);
        json.put(NULL, 0);
    }

    @Override
    public void integer(int column, long value) {
        name(column);
        json.number(value);
    }

    /** JSON has no word for what is not finite. */
    @Override
    public void real(int column, double value) {
        if (Double.isFinite(value)) {
            name(column);
            json.ascii(NumberOutput.toString(value, true));
        } else {
            nothing(column);
        }
    }

    /** Databases also say NaN and Infinity, which JSON cannot. */
    @Override
    public void decimal(int column, String digits) {
        char last = digits.charAt(digits.length() - 1);
        if (last >= '0' && last <= '9') {
            name(column);
            json.ascii(digits);
        } else {
            nothing(column);
        }
    }

    @Override
    public void bool(int column, boolean value) {
        name(column);
        json.put(value ? TRUE : FALSE, 0);
    }

    @Override
    public void text(int column, String value) {
        name(column);
        json.ascii('"');
        int at = json.copy(value, 0, PLAIN);
        while (at < value.length()) {
            at = json.copy(value, special(value, at), PLAIN);
        }
        json.ascii('"');
    }

    /** The same bytes, but for quotes, backslashes and control characters. */
    @Override
    public void utf8(int column, byte[] text) {
        name(column);
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

    @Override
    public void tree(int column, @Nullable Object value) {
        name(column);
        json.empty();
        JsonWriter.tree(value, out);
    }

    @Override
    public void endRow() {
        json.ascii('}');
        if (lines) {
            json.ascii('\n');
        }
    }

    @Override
    public void portionEnded() {
        if (lines) {
            json.flush();
        }
    }
}
