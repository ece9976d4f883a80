package io.sluice.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of data trees, for scripts that may look but not change. */
final class DeepCopy {
    private DeepCopy() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, value) -> copy.put(name, value(value)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> of((Map<String, @Nullable Object>) map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(one -> copy.add(value(one)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
