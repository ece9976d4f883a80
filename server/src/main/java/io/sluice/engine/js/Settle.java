package io.sluice.engine.js;

import io.sluice.engine.Run.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a script made into maps, lists and scalars, by the rules of {@code JSON.stringify}: {@code toJSON} is asked (so a
 * Date becomes its ISO text), undefined and functions are left out of objects and become null in arrays, NaN is null. Data that
 * contain themselves are an error; data that repeat a part are counted as often as they would be written.
 *
 * <p>In place, Java's maps and lists stay what they are and only the script's own objects inside them are replaced. As a copy,
 * nothing of the answer belongs to the script's data. Confined to the run's thread.
 */
final class Settle {
    private static final int DEEPEST = 500;
    private static final long MOST_REPEATED = 2_000_000;
    private static final Object LEFT_OUT = new Object();

    /** What is known of a container: being settled, or settled into {@code result} with that many values in it. */
    private record Known(Object result, long size) {}

    private static final Known UNDER_WAY = new Known("", 0);

    private final View view;
    private final Watch watch;
    private final boolean copying;
    private final Map<Object, Known> containers = new IdentityHashMap<>();
    private final Map<Value, Known> objects = new HashMap<>();
    private long values;
    private long repeated;
    private int depth;

    private Settle(View view, Watch watch, boolean copying) {
        this.view = view;
        this.watch = watch;
        this.copying = copying;
    }

    /** Settles where it stands: all that the run stored. */
    static Settle inPlace(View view, Watch watch) {
        return new Settle(view, watch, false);
    }

    /** Settles into new maps and lists. */
    static Settle copy(View view, Watch watch) {
        return new Settle(view, watch, true);
    }

    /** Replaces the script's objects in every map and list that it stored one into. */
    void touched() {
        for (Object container : view.touched().toArray()) {
            container(container);
        }
    }

    /** The value as data; undefined and functions are null. */
    @Nullable
    Object value(Value value) {
        @Nullable Object settled = any(value);
        return settled == LEFT_OUT ? null : settled;
    }

    private @Nullable Object any(@Nullable Object value) {
        count();
        return switch (value) {
            case null -> null;
            case Value own -> guest(own);
            case Map<?, ?> map -> container(map);
            case List<?> list -> container(list);
            default -> value;
        };
    }

    /** Java code that a script can keep busy looks at the limits itself, since the watchdog only stops the script's own code. */
    private void count() {
        if ((++values & 0x3ff) == 0) {
            watch.check(System.nanoTime());
            if (watch.tripped() != null) {
                throw new Stop(Limit.TIME);
            }
        }
    }

    private @Nullable Object guest(Value value) {
        if (value.isNull()) {
            return isUndefined(value) ? LEFT_OUT : null;
        }
        if (value.isString() || value.isBoolean() || value.isNumber()) {
            return scalar(value);
        }
        Object behind = View.behind(value);
        if (behind != null) {
            return container(behind);
        }
        if (hasToJson(value)) {
            Value json = value.invokeMember("toJSON");
            return json.equals(value) ? object(value) : any(json);
        }
        if (value.canExecute() || !(value.hasArrayElements() || value.hasMembers())) {
            return LEFT_OUT;
        }
        return object(value);
    }

    /** Also where a getter gives the function, as for a Date in a hardened context; the language says "not invocable" then. */
    private static boolean hasToJson(Value value) {
        return value.canInvokeMember("toJSON")
                || (value.hasMember("toJSON") && value.getMember("toJSON").canExecute());
    }

    private Object object(Value value) {
        Known known = objects.get(value);
        if (known != null) {
            return again(known);
        }
        objects.put(value, UNDER_WAY);
        long before = begin();
        Object made = value.hasArrayElements() ? list(value) : map(value);
        objects.put(value, new Known(made, end(before)));
        return made;
    }

    private List<@Nullable Object> list(Value value) {
        List<@Nullable Object> made = new ArrayList<>();
        for (long i = 0; i < value.getArraySize(); i++) {
            made.add(orNull(any(value.getArrayElement(i))));
        }
        return made;
    }

    private Map<String, @Nullable Object> map(Value value) {
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        for (String key : value.getMemberKeys()) {
            @Nullable Object settled = any(value.getMember(key));
            if (settled != LEFT_OUT) {
                made.put(key, settled);
            }
        }
        return made;
    }

    private Object container(Object container) {
        Known known = containers.get(container);
        if (known != null) {
            return again(known);
        }
        containers.put(container, UNDER_WAY);
        long before = begin();
        Object made = copying ? copied(container) : inside(container);
        containers.put(container, new Known(made, end(before)));
        return made;
    }

    private Object copied(Object container) {
        if (container instanceof List<?> list) {
            List<@Nullable Object> made = new ArrayList<>(list.size());
            list.forEach(element -> made.add(orNull(any(element))));
            return made;
        }
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        ((Map<?, ?>) container).forEach((key, element) -> {
            @Nullable Object settled = any(element);
            if (settled != LEFT_OUT) {
                made.put(String.valueOf(key), settled);
            }
        });
        return made;
    }

    private Object inside(Object container) {
        if (container instanceof List<?> list) {
            ListIterator<@Nullable Object> elements =
                    View.<List<@Nullable Object>>as(list).listIterator();
            while (elements.hasNext()) {
                @Nullable Object element = elements.next();
                @Nullable Object settled = orNull(any(element));
                if (settled != element) {
                    elements.set(settled);
                }
            }
            return container;
        }
        entries(View.as(container));
        return container;
    }

    private void entries(Map<String, @Nullable Object> map) {
        Iterator<Map.Entry<String, @Nullable Object>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, @Nullable Object> entry = entries.next();
            @Nullable Object settled = any(entry.getValue());
            if (settled == LEFT_OUT) {
                entries.remove();
            } else if (settled != entry.getValue()) {
                entry.setValue(settled);
            }
        }
    }

    private Object again(Known known) {
        if (known == UNDER_WAY) {
            throw new Stop("The result contains itself; a loop cannot be sent. Leave out the part that leads back.");
        }
        repeated += known.size();
        values += known.size();
        if (repeated > MOST_REPEATED) {
            throw new Stop(Limit.OUTPUT);
        }
        return known.result();
    }

    private long begin() {
        if (++depth > DEEPEST) {
            throw new Stop("The result is nested deeper than " + DEEPEST + " levels.");
        }
        return values;
    }

    private long end(long before) {
        depth--;
        return values - before + 1;
    }

    private static @Nullable Object orNull(@Nullable Object settled) {
        return settled == LEFT_OUT ? null : settled;
    }

    static boolean isUndefined(Value value) {
        return value.isNull() && value.toString().equals("undefined");
    }

    /** After a run that failed: takes the script's own objects out of the data, since nothing may run there any more. */
    static void leaveOutObjects(View view) {
        for (Object container : view.touched()) {
            if (container instanceof List<?> list) {
                View.<List<@Nullable Object>>as(list).replaceAll(element -> element instanceof Value ? null : element);
            } else {
                ((Map<?, ?>) container).values().removeIf(Value.class::isInstance);
            }
        }
    }

    /** A string, boolean or number as Java's smallest type that holds it. */
    static @Nullable Object scalar(Value value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.fitsInInt()) {
            return value.asInt();
        }
        if (value.fitsInLong()) {
            return value.asLong();
        }
        if (value.fitsInDouble()) {
            double number = value.asDouble();
            return Double.isFinite(number) ? (number == 0 ? (Object) 0 : (Object) number) : null;
        }
        return value.asBigInteger();
    }

    /** The data cannot be settled: because of what they are, or because of a limit. */
    static final class Stop extends RuntimeException {
        private final transient @Nullable Limit limit;

        Stop(String message) {
            super(message, null, false, false);
            this.limit = null;
        }

        Stop(Limit limit) {
            super(limit.name(), null, false, false);
            this.limit = limit;
        }

        /** The limit, null when the data themselves are the reason. */
        @Nullable
        Limit limit() {
            return limit;
        }
    }
}
