package io.sluice.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cells of many rows as one JSON text, in which each cell is found again: what a script does not touch goes out as it stands
 * here, and what it looks at is read from here. A row's text is that of its cells in their order, each with its name and, but for the
 * first, a comma before it. Filled by one, read by many; it does not change any more then.
 */
final class HeldCells {
    private static final byte NOTHING = 0;
    private static final byte INTEGER = 1;
    private static final byte REAL = 2;
    private static final byte DECIMAL = 3;
    private static final byte BOOL = 4;
    private static final byte TEXT = 5;
    private static final int ROWS_AT_FIRST = 16;
    private static final int MOST_BYTES = 256 << 20;

    private final RowShape shape;
    private final int columns;
    private final int most;
    private final Utf8Buffer json = new Utf8Buffer();
    private final JsonCells cells = new JsonCells(json);
    private int[] ends;
    private byte[] kinds;
    private int count;

    HeldCells(RowShape shape) {
        this(shape, MOST_BYTES);
    }

    /** @param most bytes of text that it may come to */
    HeldCells(RowShape shape, int most) {
        this.shape = shape;
        this.most = most;
        this.columns = shape.size();
        this.ends = new int[ROWS_AT_FIRST * columns];
        this.kinds = new byte[ROWS_AT_FIRST * columns];
    }

    // --- filling: the cells of a row in the order of its columns, each once

    private void name(int column) {
        json.put(shape.jsonKey(column), column == 0 ? 1 : 0);
    }

    private void ended(byte kind) {
        if (json.size() > most) {
            throw new ApiException(ApiError.because(
                    400,
                    "too_much_for_script",
                    "The records of this call are more than " + (most >> 20)
                            + " MB, too much to be handed to a script. Ask for fewer with limit or fields."));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        ends[count] = json.size();
        kinds[count] = kind;
        count++;
    }

    void nothing(int column) {
        name(column);
        cells.nothing();
        ended(NOTHING);
    }

    void integer(int column, long value) {
        name(column);
        cells.integer(value);
        ended(INTEGER);
    }

    void real(int column, double value) {
        if (Double.isFinite(value)) {
            name(column);
            cells.real(value);
            ended(REAL);
        } else {
            nothing(column);
        }
    }

    void decimal(int column, String digits) {
        if (JsonCells.isNumber(digits)) {
            name(column);
            cells.decimal(digits);
            ended(DECIMAL);
        } else {
            nothing(column);
        }
    }

    void bool(int column, boolean value) {
        name(column);
        cells.bool(value);
        ended(BOOL);
    }

    void text(int column, String value) {
        name(column);
        cells.text(value);
        ended(TEXT);
    }

    void utf8(int column, byte[] value) {
        name(column);
        cells.utf8(value);
        ended(TEXT);
    }

    // --- reading

    int columns() {
        return columns;
    }

    @Nullable
    Object value(int row, int column) {
        int cell = row * columns + column;
        int from = start(cell) + shape.jsonKey(column).length - (column == 0 ? 1 : 0);
        int until = ends[cell];
        return switch (kinds[cell]) {
            case NOTHING -> null;
            case INTEGER -> integer(latin(from, until));
            case REAL -> Double.valueOf(latin(from, until));
            case DECIMAL -> new BigDecimal(latin(from, until));
            case BOOL -> json.bytes()[from] == 't';
            default -> text(from + 1, until - 1);
        };
    }

    private int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    private String latin(int from, int until) {
        return new String(json.bytes(), from, until - from, StandardCharsets.ISO_8859_1);
    }

    private static Object integer(String digits) {
        long value = Long.parseLong(digits);
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    private String text(int from, int until) {
        byte[] bytes = json.bytes();
        for (int at = from; at < until; at++) {
            if (bytes[at] == '\\') {
                return unescaped(new String(bytes, from, until - from, StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, from, until - from, StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        for (int next = text.indexOf('\\'); next >= 0; next = text.indexOf('\\', at)) {
            plain.append(text, at, next);
            char kind = text.charAt(next + 1);
            at = next + 2;
            if (kind == 'u') {
                plain.append((char) Integer.parseInt(text, at, at + 4, 16));
                at += 4;
            } else {
                plain.append(
                        switch (kind) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> kind;
                        });
            }
        }
        return plain.append(text, at, text.length()).toString();
    }

    /** The text of some neighbours; {@code first}: nothing stands before them in the row as it is written. */
    void put(int row, int from, int until, boolean first, Utf8Buffer out) {
        int cell = row * columns;
        int comma = first && from > 0 ? 1 : 0;
        out.put(json.bytes(), start(cell + from) + comma, ends[cell + until - 1]);
    }
}
