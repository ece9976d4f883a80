package io.sluice.service.system;

import io.sluice.api.ApiException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code name asc, id desc nulls last}: sorts records in memory, texts in any case; nothing is less than anything unless it says otherwise. */
final class RecordOrder {
    private RecordOrder() {}

    static Comparator<Map<String, @Nullable Object>> parse(String text) {
        Comparator<Map<String, @Nullable Object>> order = (left, right) -> 0;
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                order = order.thenComparing(one(part.trim()));
            }
        }
        return order;
    }

    private static Comparator<Map<String, @Nullable Object>> one(String part) {
        String[] words = part.split("\\s+", 2);
        String field = words[0];
        String how = words.length == 1 ? "" : words[1].toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String direction = how.replaceAll(" ?nulls (first|last)$", "");
        if (!direction.isEmpty() && !direction.equals("asc") && !direction.equals("desc")) {
            throw ApiException.badRequest(
                    "The order '" + part + "' is not understood: write a field, then asc or desc.");
        }
        boolean down = direction.equals("desc");
        Comparator<Object> up = RecordOrder::compare;
        Comparator<Object> values = down ? up.reversed() : up;
        boolean last = how.endsWith("nulls last") || (down && !how.endsWith("nulls first"));
        Comparator<@Nullable Object> whole = last ? Comparator.nullsLast(values) : Comparator.nullsFirst(values);
        return (Map<String, @Nullable Object> left, Map<String, @Nullable Object> right) ->
                whole.compare(value(left, field), value(right, field));
    }

    private static @Nullable Object value(Map<String, @Nullable Object> row, String field) {
        if (!row.containsKey(field)) {
            throw ApiException.badRequest("There is no field '" + field + "' to order by.");
        }
        return row.get(field);
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        return left.toString().compareToIgnoreCase(right.toString());
    }
}
