package io.sluice.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call answers with. A closed world: whoever handles content handles each of these. */
public sealed interface Content extends AutoCloseable permits Content.Tree, Content.Rows, Content.Bytes {

    /** Gives back what the content holds (a cursor, a stream). Safe to call twice. */
    @Override
    default void close() {}

    /** Maps, lists, strings, numbers, booleans, null: already in memory. */
    record Tree(@Nullable Object value) implements Content {
        public static final Tree NULL = new Tree(null);
    }

    /**
     * An open cursor over records of one shape, written as {@code {"resource": […], "meta": {…}}}. Nothing is held in
     * memory: whoever reads, reads once and closes. Confined to one thread at a time.
     */
    non-sealed interface Rows extends Content {
        RowShape shape();

        /** Pushes all rows into the sink, in order. Failures of the database are {@link ApiException}s. */
        void drainTo(RowSink sink);

        /** The {@code meta} object; to be asked after the last row; empty when there is none. */
        Map<String, Object> meta();
    }

    /**
     * Bytes as they are: a file, a script's own text.
     *
     * @param length in bytes, -1 when unknown
     */
    record Bytes(Source source, long length, String contentType) implements Content {
        /** Opens the bytes; called once. */
        public interface Source {
            InputStream open() throws IOException;

            /** Gives back what is held also when nobody opens the bytes. */
            default void close() {}
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
