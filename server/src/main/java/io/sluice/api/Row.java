package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record: an array of values with a shape shared by its neighbours, seen as a map that keeps the order of its columns.
 * Cheaper than a map of its own to fill, change and write. Not thread-safe.
 */
public final class Row extends AbstractMap<String, @Nullable Object> {
    private static final Object REMOVED = new Object();

    private RowShape shape;
    private @Nullable Object[] values;
    private int removed;

    public Row(RowShape shape, @Nullable Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    public RowShape shape() {
        return shape;
    }

    /** Whether the column is still there (a script may have deleted it). */
    public boolean present(int column) {
        return values[column] != REMOVED;
    }

    public @Nullable Object value(int column) {
        return read(column);
    }

    /** The value for somebody who only passes it on: a text that nobody has read yet is a {@link Utf8}. */
    public @Nullable Object unread(int column) {
        return values[column];
    }

    /** A text becomes one when it is first looked at. */
    private @Nullable Object read(int column) {
        @Nullable Object value = values[column];
        if (value instanceof Utf8 text) {
            value = text.toString();
            values[column] = value;
        }
        return value;
    }

    /** A text as its bytes. */
    public record Utf8(byte[] bytes) {
        @Override
        public String toString() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        @Nullable Object value = place < 0 ? null : read(place);
        return value == REMOVED ? null : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        return place >= 0 && values[place] != REMOVED;
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        int place = shape.indexOf(name);
        if (place < 0) {
            shape = shape.with(name);
            values = Arrays.copyOf(values, shape.size());
            values[shape.size() - 1] = value;
            return null;
        }
        @Nullable Object before = read(place);
        values[place] = value;
        if (before == REMOVED) {
            removed--;
            return null;
        }
        return before;
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        if (place < 0 || values[place] == REMOVED) {
            return null;
        }
        @Nullable Object before = read(place);
        values[place] = REMOVED;
        removed++;
        return before;
    }

    @Override
    public int size() {
        return values.length - removed;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return Row.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {
        private int next = skip(0);
        private int last = -1;

        private int skip(int from) {
            int at = from;
            while (at < values.length && values[at] == REMOVED) {
                at++;
            }
            return at;
        }

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = next;
            next = skip(next + 1);
            return new Cell(last);
        }

        @Override
        public void remove() {
            Row.this.remove(shape.name(last));
        }
    }

    private final class Cell extends SimpleEntry<String, @Nullable Object> {
        private static final long serialVersionUID = 1L;

        Cell(int column) {
            super(shape.name(column), read(column));
        }

        @Override
        public @Nullable Object setValue(@Nullable Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
