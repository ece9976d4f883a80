package io.sluice.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a value differs from what was expected. Maps may hold more than is expected of them; lists are as long as expected; numbers
 * are equal by value; null also stands for what is not there. A key such as {@code response.content.resource[0].id} leads
 * further down where the map has no such key itself. Pure.
 */
public final class Likeness {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,9})]");

    private final List<Difference> differences = new ArrayList<>();

    private Likeness() {}

    /** @param path such as {@code event.response.content.resource[0].id} */
    public record Difference(
            String path,
            @Nullable Object expected,
            @Nullable Object actual) {}

    /** Empty when the value is as expected. */
    public static List<Difference> differences(String path, @Nullable Object expected, @Nullable Object actual) {
        Likeness likeness = new Likeness();
        likeness.compare(path, expected, actual);
        return List.copyOf(likeness.differences);
    }

    static boolean fits(@Nullable Object expected, @Nullable Object actual) {
        return differences("", expected, actual).isEmpty();
    }

    private void compare(String path, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> map) {
            wanted.forEach((key, value) -> {
                String name = String.valueOf(key);
                compare(below(path, name), value, at(map, name));
            });
        } else if (expected instanceof List<?> wanted
                && actual instanceof List<?> list
                && wanted.size() == list.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                compare(path + "[" + i + "]", wanted.get(i), list.get(i));
            }
        } else if (!equal(expected, actual)) {
            differences.add(new Difference(path, expected, actual));
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean equal(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Number one && actual instanceof Number other) {
            return number(one).compareTo(number(other)) == 0;
        }
        return expected == null ? actual == null : expected.equals(actual);
    }

    private static BigDecimal number(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value)
                ? new BigDecimal(number.toString())
                : BigDecimal.valueOf(Long.MAX_VALUE).pow(20);
    }

    /** The value of that key, or where its parts lead; null when there is nothing. */
    private static @Nullable Object at(Map<?, ?> map, String key) {
        if (map.containsKey(key)) {
            return map.get(key);
        }
        @Nullable Object place = map;
        Matcher step = STEP.matcher(key);
        int end = 0;
        while (place != null && step.find() && step.start() == end) {
            place = step.group(1) == null ? item(place, Integer.parseInt(step.group(2))) : field(place, step.group(1));
            end = step.end();
        }
        return end == key.length() ? place : null;
    }

    private static @Nullable Object field(Object place, String name) {
        return place instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static @Nullable Object item(Object place, int index) {
        return place instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }
}
