package io.sluice.encode;

import io.sluice.api.JsonCells;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import io.sluice.api.Utf8Buffer;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes cells as they come from the cursor: the elements of an array, or lines. Nothing is made for a row, and nothing asks where in the
 * text this is, as a writer of any JSON must: a quarter of the time.
 */
final class JsonRowSink implements RowSink {
    private final Utf8Buffer json;
    private final JsonCells cells;
    private final OutputStream out;
    private final byte[][] names;
    private final boolean lines;
    private boolean firstRow = true;
    private boolean firstCell;

    /** {@code lines}: each record ends a line, and whole lines may be sent before the next is known. */
    JsonRowSink(Utf8Buffer json, OutputStream out, RowShape shape, boolean lines) {
        this.json = json;
        this.cells = new JsonCells(json);
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
        cells.nothing();
    }

    @Override
    public void integer(int column, long value) {
        name(column);
        cells.integer(value);
    }

    @Override
    public void real(int column, double value) {
        name(column);
        cells.real(value);
    }

    @Override
    public void decimal(int column, String digits) {
        name(column);
        cells.decimal(digits);
    }

    @Override
    public void bool(int column, boolean value) {
        name(column);
        cells.bool(value);
    }

    @Override
    public void text(int column, String value) {
        name(column);
        cells.text(value);
    }

    @Override
    public void utf8(int column, byte[] text) {
        name(column);
        cells.utf8(text);
    }

    /** Cells that are JSON already, with their names. */
    void held(Row row, int from, int until) {
        row.putHeld(from, until, firstCell, json);
        firstCell = false;
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
