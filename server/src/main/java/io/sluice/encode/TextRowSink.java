package io.sluice.encode;

import io.sluice.api.RowSink;
import org.jspecify.annotations.Nullable;

/** For the forms that write every cell as text. */
interface TextRowSink extends RowSink {
    /** A cell with something in it. */
    void cell(int column, String text);

    @Override
    default void integer(int column, long value) {
        cell(column, Long.toString(value));
    }

    @Override
    default void real(int column, double value) {
        cell(column, Double.toString(value));
    }

    @Override
    default void decimal(int column, String digits) {
        cell(column, digits);
    }

    @Override
    default void text(int column, String value) {
        cell(column, value);
    }

    @Override
    void tree(int column, @Nullable Object value);
}
