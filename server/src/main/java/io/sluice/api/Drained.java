package io.sluice.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows taken into memory, because a script wants to see them: as the JSON that most of their cells will be in the end. */
public final class Drained implements RowSink {
    private static final int MOST_DIGITS = 300;

    private final RowShape shape;
    private final HeldCells cells;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable Object @Nullable [] trees;

    private Drained(RowShape shape) {
        this.shape = shape;
        this.cells = new HeldCells(shape);
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
        trees = null;
    }

    @Override
    public void nothing(int column) {
        cells.nothing(column);
    }

    @Override
    public void integer(int column, long value) {
        cells.integer(column, value);
    }

    @Override
    public void real(int column, double value) {
        cells.real(column, value);
    }

    /** One that may be no finite double is kept as a value, since not every reader of JSON knows it. */
    @Override
    public void decimal(int column, String digits) {
        boolean odd = digits.length() > MOST_DIGITS || digits.indexOf('E') >= 0 || digits.indexOf('e') >= 0;
        if (odd && JsonCells.isNumber(digits)) {
            tree(column, new BigDecimal(digits));
        } else {
            cells.decimal(column, digits);
        }
    }

    @Override
    public void bool(int column, boolean value) {
        cells.bool(column, value);
    }

    @Override
    public void text(int column, String value) {
        cells.text(column, value);
    }

    @Override
    public void utf8(int column, byte[] text) {
        cells.utf8(column, text);
    }

    /** Kept as it is: what a script changes below it is a change of the row. */
    @Override
    public void tree(int column, @Nullable Object value) {
        if (trees == null) {
            trees = Row.heldValues(shape.size());
        }
        trees[column] = value;
        cells.nothing(column);
    }

    @Override
    public void endRow() {
        rows.add(new Row(shape, cells, rows.size(), trees));
    }
}
