package io.sluice.engine.js;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * How one run sees Java's data: maps and lists through proxies that work on the very map or list, one proxy for each, so that
 * {@code a.b === a.b}; scalars as JavaScript's own. What the script stores goes into the map at once: scalars as Java's, its own
 * objects as they are, so that a later change through another variable shows; {@link Settle} turns those into maps and lists when
 * the run is over. Confined to the run's thread.
 */
final class View {
    private static final long LARGEST_EXACT = (1L << 53) - 1;

    private final Value fail;
    private final Map<Object, Object> proxies = new IdentityHashMap<>();
    private boolean closed;
    private final Set<Object> touched = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param fail the prelude's function that throws an error of the language: (name of its class, message) */
    View(Value fail) {
        this.fail = fail;
    }

    /** A value as the script gets it. A number that JavaScript cannot hold exactly is rounded for it, but not in the map. */
    @Nullable
    Object show(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Integer number -> number;
            case Boolean flag -> flag;
            case Double number -> number;
            case Value own -> own;
            case Map<?, ?> map -> proxies.computeIfAbsent(map, any -> maps(as(map)));
            case List<?> list -> proxies.computeIfAbsent(list, any -> new ListView(this, as(list), false));
            case Long number -> whole(number);
            case BigDecimal number -> number.doubleValue();
            case BigInteger number -> number.doubleValue();
            case Number number -> number.doubleValue();
            default -> String.valueOf(value);
        };
    }

    @SuppressWarnings("unchecked")
    static <T> T as(Object container) {
        return (T) container;
    }

    private static Object whole(Long number) {
        return Math.abs(number) <= LARGEST_EXACT && number != Long.MIN_VALUE ? number : (Object) number.doubleValue();
    }

    MapView maps(Map<String, @Nullable Object> map) {
        return new MapView(this, map, false);
    }

    /** A map of which the script sees everything below as a copy, each made when it is first looked at. */
    MapView copyingMaps(Map<String, @Nullable Object> map) {
        return new MapView(this, map, true);
    }

    /** A copy of a map or list, one level deep, with a proxy that goes on copying below; other values as they are. */
    @Nullable
    Object copied(@Nullable Object value) {
        if (value == null || proxies.containsKey(value)) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(View.<Map<String, @Nullable Object>>as(map));
            proxies.put(copy, copyingMaps(copy));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(View.<List<@Nullable Object>>as(list));
            proxies.put(copy, new ListView(this, copy, true));
            return copy;
        }
        return value;
    }

    /** A map that the script sees through the given proxy from now on. */
    void showAs(Map<String, @Nullable Object> map, Object proxy) {
        proxies.put(map, proxy);
    }

    /** A value from the script as it is to be kept in {@code container} while the script runs. */
    @Nullable
    Object keep(Object container, Value value) {
        mayChange();
        if (value.isString() || value.isBoolean() || value.isNumber()) {
            return Settle.scalar(value);
        }
        if (value.isNull() && !Settle.isUndefined(value)) {
            return null;
        }
        touched.add(container);
        Object behind = behind(value);
        return behind == null ? value : behind;
    }

    /** The data belong to the caller again. */
    void close() {
        closed = true;
    }

    /** To be asked before every change. */
    void mayChange() {
        if (closed) {
            throw readOnly();
        }
    }

    /** The map or list behind a proxy of ours, null for anything else. */
    static @Nullable Object behind(Value value) {
        return value.isProxyObject() && value.asProxyObject() instanceof Backed proxy ? proxy.container() : null;
    }

    /** The maps and lists into which the script stored something other than a scalar. */
    Set<Object> touched() {
        return touched;
    }

    /** To be thrown: an error of the language itself, so that the script can catch it and sees nothing of Java. */
    RuntimeException error(String kind, String message) {
        try {
            fail.executeVoid(kind, message);
        } catch (PolyglotException e) {
            return e;
        }
        return new IllegalStateException(message);
    }

    RuntimeException readOnly() {
        return error("TypeError", "This part of the data is read-only; change a copy of it.");
    }

    /** A proxy with a Java map or list behind it. */
    interface Backed {
        Object container();
    }
}
