package io.sluice.engine.js;

import java.util.List;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** A list as an array. A hole is null, as it would be in JSON. */
final class ListView implements ProxyArray, View.Backed {
    private static final long WIDEST_GAP = 1_000_000;

    private final View view;
    private final List<@Nullable Object> list;
    private final boolean copying;

    ListView(View view, List<@Nullable Object> list, boolean copying) {
        this.copying = copying;
        this.view = view;
        this.list = list;
    }

    @Override
    public List<@Nullable Object> container() {
        return list;
    }

    @Override
    public @Nullable Object get(long index) {
        @Nullable Object value = list.get(within(index));
        if (copying) {
            @Nullable Object copy = view.copied(value);
            if (copy != value) {
                list.set((int) index, copy);
                value = copy;
            }
        }
        return view.show(value);
    }

    @Override
    public long getSize() {
        return list.size();
    }

    @Override
    public void set(long index, Value value) {
        if (index - list.size() > WIDEST_GAP) {
            throw view.error("RangeError", "Index " + index + " is too far behind the end of the array.");
        }
        @Nullable Object kept = view.keep(list, value);
        try {
            if (index < list.size()) {
                list.set((int) index, kept);
                return;
            }
            while (list.size() < index) {
                list.add(null);
            }
            list.add(kept);
        } catch (UnsupportedOperationException e) {
            throw view.readOnly();
        }
    }

    /** The exception that means "no such element" to the language, which makes it undefined. */
    private int within(long index) {
        if (index < 0 || index >= list.size()) {
            throw new ArrayIndexOutOfBoundsException();
        }
        return (int) index;
    }

    @Override
    public boolean remove(long index) {
        view.mayChange();
        try {
            list.remove(within(index));
            return true;
        } catch (UnsupportedOperationException e) {
            throw view.readOnly();
        }
    }

    /** Part of the language's own error messages. */
    @Override
    public String toString() {
        return "Array";
    }
}
