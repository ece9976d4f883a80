package io.sluice.service.system;

import io.sluice.access.Problems;
import io.sluice.service.ConfigField;
import io.sluice.store.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lists of {@code {name, value}} in which some values are secrets: headers and parameters of remote services. */
record SecretRows(Secrets secrets) {
    private static final String VALUE = "value";

    /** What is to be stored. A masked value stays what the row of that name had before, the first for the first. */
    Object stored(ConfigField field, Object given, @Nullable Object before, Problems problems) {
        Map<String, List<Object>> old = new LinkedHashMap<>();
        rows(before)
                .forEach(row ->
                        old.computeIfAbsent(name(row), any -> new ArrayList<>()).add(String.valueOf(row.get(VALUE))));
        return each(row -> field.isSecret(row) || ServiceConfig.MASK.equals(row.get(VALUE)), given, row -> {
            List<Object> same = old.getOrDefault(name(row), List.of());
            Optional<Object> kept = same.isEmpty() ? Optional.empty() : Optional.of(same.removeFirst());
            if (!ServiceConfig.MASK.equals(row.get(VALUE))) {
                return with(row, secrets.seal(String.valueOf(row.get(VALUE))));
            }
            if (kept.isEmpty()) {
                problems.add(
                        "config",
                        "The value of " + row.get("name") + " in config." + field.name()
                                + " is masked, and none of that name is known. Send the value itself.");
            }
            return with(row, kept.map(this::sealed).orElse(""));
        });
    }

    /** What was stored by a version that did not seal it is sealed now. */
    private Object sealed(Object value) {
        return isSealed(value) ? value : secrets.seal(value.toString());
    }

    /** For callers. */
    static Object shown(ConfigField field, Object stored) {
        return each(field::isSecret, stored, row -> with(row, ServiceConfig.MASK));
    }

    /** For the service itself. */
    Object used(ConfigField field, Object stored) {
        return each(row -> true, stored, row -> {
            Object value = row.get(VALUE);
            return value != null && isSealed(value) ? with(row, secrets.open(value.toString())) : row;
        });
    }

    /** For callers, when the type is not there any more: whatever is sealed is masked. */
    static @Nullable Object withoutSealed(@Nullable Object stored) {
        if (stored instanceof List<?> list) {
            List<@Nullable Object> shown = new ArrayList<>();
            list.forEach(item -> shown.add(withoutSealed(item)));
            return shown;
        }
        if (stored instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
            map.forEach((name, value) -> shown.put(name, withoutSealed(value)));
            return shown;
        }
        return stored != null && isSealed(stored) ? ServiceConfig.MASK : stored;
    }

    private static boolean isSealed(Object value) {
        return value instanceof String text && text.startsWith(ServiceConfig.SEALED);
    }

    private static Object each(Predicate<Map<?, ?>> which, Object value, UnaryOperator<Map<?, ?>> change) {
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> changed = new ArrayList<>();
        for (Object item : list) {
            boolean secret = item instanceof Map<?, ?> row && which.test(row) && says(row.get(VALUE));
            changed.add(secret ? change.apply((Map<?, ?>) item) : item);
        }
        return changed;
    }

    private static boolean says(@Nullable Object value) {
        return value != null && !value.equals("");
    }

    private static Map<?, ?> with(Map<?, ?> row, Object value) {
        Map<Object, @Nullable Object> other = new LinkedHashMap<>(row);
        other.put(VALUE, value);
        return other;
    }

    private static List<Map<?, ?>> rows(@Nullable Object value) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof Map<?, ?> row) {
                    rows.add(row);
                }
            });
        }
        return rows;
    }

    private static String name(Map<?, ?> row) {
        return String.valueOf(row.get("name")).toLowerCase(Locale.ROOT);
    }
}
