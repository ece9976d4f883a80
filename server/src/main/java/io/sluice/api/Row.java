package io.sluice.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One record: an array of values with a shape shared by its neighbours, seen as a map that keeps the order of its columns.
 * Cheaper than a map of its own to fill, change and write. Its values are its own, or, until they are changed, in the
 * {@link HeldCells} that its neighbours are in as well. Not thread-safe.
 */
public final class Row extends AbstractMap<String, @Nullable Object> {
    private static final Object REMOVED = new Object();

    /** Stands for a value that is in the cells. */
    private static final Object HELD = new Object();

    private RowShape shape;
    private @Nullable Object @Nullable [] values;
    private final @Nullable HeldCells cells;
    private final int number;
    private int removed;

    public Row(RowShape shape, @Nullable Object[] values) {
        this(shape, null, 0, values);
    }

    /** @param values what is not in the cells, {@link #heldValues} in its other places; null when all is there */
    Row(RowShape shape, @Nullable HeldCells cells, int number, @Nullable Object @Nullable [] values) {
        this.shape = shape;
        this.cells = cells;
        this.number = number;
        this.values = values;
    }

    /** Values of which none stands here, but all in the cells. */
    static @Nullable Object[] heldValues(int columns) {
        @Nullable Object[] values = new @Nullable Object[columns];
        Arrays.fill(values, HELD);
        return values;
    }

    public RowShape shape() {
        return shape;
    }

    /** Whether the column is still there (a script may have deleted it). */
    public boolean present(int column) {
        return stored(column) != REMOVED;
    }

    public @Nullable Object value(int column) {
        @Nullable Object value = stored(column);
        return value == HELD && cells != null ? cells.value(number, column) : value;
    }

    private @Nullable Object stored(int column) {
        return values == null ? HELD : values[column];
    }

    /** The first column from there on whose JSON is not at hand, because it has been changed or never was. */
    public int heldUntil(int from) {
        int held = cells == null ? 0 : cells.columns();
        if (values == null) {
            return Math.max(from, held);
        }
        int column = from;
        while (column < held && values[column] == HELD) {
            column++;
        }
        return column;
    }

    /** The JSON of the columns up to that one, with their names; {@code first}: no cell stands before them. */
    public void putHeld(int from, int until, boolean first, Utf8Buffer json) {
        Objects.requireNonNull(cells).put(number, from, until, first, json);
    }

    /** The same record with all values its own: it may be kept without its neighbours. */
    public Row copy(UnaryOperator<@Nullable Object> ofValue) {
        @Nullable Object[] copies = new @Nullable Object[shape.size()];
        for (int column = 0; column < copies.length; column++) {
            copies[column] = present(column) ? ofValue.apply(value(column)) : REMOVED;
        }
        Row copy = new Row(shape, copies);
        copy.removed = removed;
        return copy;
    }

    private @Nullable Object[] changeable(int size) {
        @Nullable Object[] changed = values == null ? heldValues(size) : Arrays.copyOf(values, size);
        values = changed;
        return changed;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        @Nullable Object value = place < 0 ? null : value(place);
        return value == REMOVED ? null : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        return place >= 0 && present(place);
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        int place = shape.indexOf(name);
        if (place < 0) {
            shape = shape.with(name);
            changeable(shape.size())[shape.size() - 1] = value;
            return null;
        }
        return change(place, value);
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        int place = name == null ? -1 : shape.indexOf(name);
        return place < 0 ? null : change(place, REMOVED);
    }

    private @Nullable Object change(int place, @Nullable Object value) {
        @Nullable Object before = value(place);
        @Nullable Object[] changed = values == null ? changeable(shape.size()) : values;
        changed[place] = value;
        removed += (value == REMOVED ? 1 : 0) - (before == REMOVED ? 1 : 0);
        return before == REMOVED ? null : before;
    }

    @Override
    public int size() {
        return shape.size() - removed;
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
            while (at < shape.size() && !present(at)) {
                at++;
            }
            return at;
        }

        @Override
        public boolean hasNext() {
            return next < shape.size();
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
            super(shape.name(column), value(column));
        }

        @Override
        public @Nullable Object setValue(@Nullable Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
