package io.sluice.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows taken into memory, because a script wants to see them. */
public final class Drained implements RowSink {
    private final RowShape shape;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable Object[] values = {};

    private Drained(RowShape shape) {
        this.shape = shape;
    }

    /** Reads all rows and closes the cursor, also on failure. */
    public static Content.Tree of(Content.Rows cursor) {
        Drained sink = new Drained(cursor.shape());
        try (cursor) {
            cursor.drainTo(sink);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("resource", sink.rows);
            Map<String, Object> meta = cursor.meta();
            if (!meta.isEmpty()) {
                answer.put("meta", new LinkedHashMap<>(meta));
            }
            return new Content.Tree(answer);
        }
    }

    /** Reads all rows into a list and closes the cursor, also on failure. */
    public static List<Row> rows(Content.Rows cursor) {
        Drained sink = new Drained(cursor.shape());
        try (cursor) {
            cursor.drainTo(sink);
            return sink.rows;
        }
    }

    @Override
    public void beginRow() {
        values = new Object[shape.size()];
    }

    @Override
    public void nothing(int column) {}

    @Override
    public void integer(int column, long value) {
        if (value == (int) value) {
            values[column] = (int) value;
        } else {
            values[column] = value;
        }
    }

    @Override
    public void real(int column, double value) {
        values[column] = value;
    }

    @Override
    public void decimal(int column, String digits) {
        // Databases also say NaN and Infinity, for which neither JSON nor BigDecimal has a value.
        if (Character.isDigit(digits.charAt(digits.length() - 1))) {
            values[column] = new BigDecimal(digits);
        }
    }

    @Override
    public void bool(int column, boolean value) {
        values[column] = value;
    }

    @Override
    public void text(int column, String value) {
        values[column] = value;
    }

    /** Most texts are not looked at by a script, and go out again as they came. */
    @Override
    public void utf8(int column, byte[] text) {
        values[column] = new Row.Utf8(text);
    }

    @Override
    public void tree(int column, @Nullable Object value) {
        values[column] = value;
    }

    @Override
    public void endRow() {
        rows.add(new Row(shape, values));
    }
}
