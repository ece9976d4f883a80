package io.sluice.engine.js;

import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** The {@code event} or {@code platform} object: a map with functions beside it, which never get into the map. */
final class Facade implements ProxyObject, View.Backed {
    private final MapView data;
    private final Map<String, Value> functions;
    private final String itself;

    /** @param itself the name under which it also holds itself, unlisted; empty for none */
    Facade(MapView data, Map<String, Value> functions, String itself) {
        this.data = data;
        this.functions = new LinkedHashMap<>(functions);
        this.itself = itself;
        data.view().showAs(data.container(), this);
    }

    @Override
    public Map<String, @Nullable Object> container() {
        return data.container();
    }

    @Override
    public @Nullable Object getMember(String key) {
        Value function = functions.get(key);
        if (function != null) {
            return function;
        }
        return isItself(key) && !data.hasMember(key) ? this : data.getMember(key);
    }

    private boolean isItself(String key) {
        return !key.isEmpty() && key.equals(itself);
    }

    @Override
    public boolean hasMember(String key) {
        return functions.containsKey(key) || data.hasMember(key) || isItself(key);
    }

    @Override
    public Object getMemberKeys() {
        Object[] own = data.keys();
        Object[] all = java.util.Arrays.copyOf(own, own.length + functions.size(), Object[].class);
        int at = own.length;
        for (String name : functions.keySet()) {
            all[at++] = name;
        }
        return ProxyArray.fromArray(all);
    }

    @Override
    public void putMember(String key, Value value) {
        functions.remove(key);
        data.putMember(key, value);
    }

    @Override
    public boolean removeMember(String key) {
        return functions.remove(key) != null || data.removeMember(key);
    }

    /** Part of the language's own error messages. */
    @Override
    public String toString() {
        return "Object";
    }
}
