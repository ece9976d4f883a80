package io.sluice.engine.php;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a script changed, as {@code bootstrap.php} tells it: {@code [[key, value, …], [key, changes inside, …], [key, …]]}, new
 * values, changes inside containers, and what is gone. All else is left as it was, so it loses nothing on the way through PHP, where an
 * empty object is an empty array and a long number is a rounded one.
 */
final class Changes {
    private static final int PARTS = 3;

    private Changes() {}

    /** Changes the map or list in place; tells that the changes do not fit it by an {@link IllegalArgumentException}. */
    static void apply(@Nullable Object changes, @Nullable Object to) {
        if (!(changes instanceof List<?> parts) || parts.size() != PARTS) {
            throw new IllegalArgumentException("no changes: " + changes);
        }
        switch (to) {
            case Map<?, ?> map -> map(parts, Changes.<Map<String, @Nullable Object>>as(map));
            case List<?> list -> list(parts, Changes.<List<@Nullable Object>>as(list));
            case null, default -> throw new IllegalArgumentException("changes inside of no container");
        }
    }

    private static void map(List<?> parts, Map<String, @Nullable Object> map) {
        elements(parts, 2).forEach(key -> map.remove(String.valueOf(key)));
        List<?> inside = elements(parts, 1);
        for (int i = 0; i + 1 < inside.size(); i += 2) {
            apply(inside.get(i + 1), map.get(String.valueOf(inside.get(i))));
        }
        List<?> set = elements(parts, 0);
        for (int i = 0; i + 1 < set.size(); i += 2) {
            map.put(String.valueOf(set.get(i)), set.get(i + 1));
        }
    }

    private static void list(List<?> parts, List<@Nullable Object> list) {
        List<Integer> gone = new ArrayList<>();
        elements(parts, 2).forEach(key -> gone.add(index(key)));
        gone.sort(Comparator.reverseOrder());
        gone.forEach(index -> list.remove((int) index));
        List<?> inside = elements(parts, 1);
        for (int i = 0; i + 1 < inside.size(); i += 2) {
            apply(inside.get(i + 1), list.get(index(inside.get(i))));
        }
        List<?> set = elements(parts, 0);
        for (int i = 0; i + 1 < set.size(); i += 2) {
            put(list, index(set.get(i)), set.get(i + 1));
        }
    }

    private static void put(List<@Nullable Object> list, int index, @Nullable Object value) {
        if (index == list.size()) {
            list.add(value);
        } else {
            list.set(index, value);
        }
    }

    private static List<?> elements(List<?> parts, int at) {
        return parts.get(at) instanceof List<?> list ? list : List.of();
    }

    private static int index(@Nullable Object key) {
        if (key instanceof Integer index) {
            return index;
        }
        throw new IllegalArgumentException("no place in a list: " + key);
    }

    @SuppressWarnings("unchecked")
    private static <T> T as(Object container) {
        return (T) container;
    }
}
