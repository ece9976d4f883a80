package io.sluice.engine.js;

import io.sluice.api.Row;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** A map as an object. */
final class MapView implements ProxyObject, View.Backed {
    private final View view;
    private final Map<String, @Nullable Object> map;
    private final boolean copying;

    MapView(View view, Map<String, @Nullable Object> map, boolean copying) {
        this.copying = copying;
        this.view = view;
        this.map = map;
    }

    View view() {
        return view;
    }

    @Override
    public Map<String, @Nullable Object> container() {
        return map;
    }

    @Override
    public @Nullable Object getMember(String key) {
        @Nullable Object value = map.get(key);
        if (copying) {
            @Nullable Object copy = view.copied(value);
            if (copy != value) {
                map.put(key, copy);
                value = copy;
            }
        }
        return view.show(value);
    }

    @Override
    public boolean hasMember(String key) {
        return map.containsKey(key);
    }

    @Override
    public Object getMemberKeys() {
        return ProxyArray.fromArray(keys());
    }

    Object[] keys() {
        boolean whole = map instanceof Row row && row.size() == row.shape().size();
        return whole ? ((Row) map).shape().names().toArray() : map.keySet().toArray();
    }

    @Override
    public void putMember(String key, Value value) {
        @Nullable Object kept = view.keep(map, value);
        try {
            map.put(key, kept);
        } catch (UnsupportedOperationException e) {
            throw view.readOnly();
        }
    }

    @Override
    public boolean removeMember(String key) {
        view.mayChange();
        try {
            boolean there = map.containsKey(key);
            map.remove(key);
            return there;
        } catch (UnsupportedOperationException e) {
            throw view.readOnly();
        }
    }

    /** Part of the language's own error messages. */
    @Override
    public String toString() {
        return "Object";
    }
}
