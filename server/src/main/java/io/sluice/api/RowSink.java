package io.sluice.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes the cells of rows one by one, typed, so that nothing is boxed on the way from a cursor to a socket. */
public interface RowSink {
    void beginRow();

    void nothing(int column);

    void integer(int column, long value);

    void real(int column, double value);

    /** A decimal number as its digits, exact; also {@code NaN} and {@code Infinity}, which JSON and scripts see as null. */
    void decimal(int column, String digits);

    void bool(int column, boolean value);

    void text(int column, String value);

    /** A text as its bytes in UTF-8, for databases that give it so: what goes on as UTF-8 need not be read before. */
    default void utf8(int column, byte[] text) {
        text(column, new String(text, StandardCharsets.UTF_8));
    }

    /** A value that is itself a tree: related records, JSON that the service hands out natively. */
    void tree(int column, @Nullable Object value);

    void endRow();

    /** The next row must be waited for: what is held back may go on its way. */
    default void portionEnded() {}
}
