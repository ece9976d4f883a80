package io.sluice.service.sql;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Takes the cells of one record into memory. */
class RowBuilder implements RowSink {
    private @Nullable Object[] values;

    RowBuilder(int columns) {
        values = new Object[columns];
    }

    /** The record; the builder is used up. */
    Row row(RowShape shape) {
        return new Row(shape, values);
    }

    @Nullable
    Object[] values() {
        return values;
    }

    @Override
    public void beginRow() {
        values = new Object[values.length];
    }

    @Override
    public void nothing(int column) {
        values[column] = null;
    }

    @Override
    public void integer(int column, long value) {
        boolean small = value == (int) value;
        values[column] = small ? (Object) (int) value : (Object) value;
    }

    @Override
    public void real(int column, double value) {
        values[column] = value;
    }

    @Override
    public void decimal(int column, String digits) {
        values[column] = new BigDecimal(digits);
    }

    @Override
    public void bool(int column, boolean value) {
        values[column] = value;
    }

    @Override
    public void text(int column, String value) {
        values[column] = value;
    }

    @Override
    public void tree(int column, @Nullable Object value) {
        values[column] = value;
    }

    @Override
    public void endRow() {}
}
