package io.sluice.engine.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts data that went through a script back into those that it was made of: what the script left alone stays the very object that
 * it was, so a decimal keeps its digits and a row its columns' types.
 */
final class Edits {
    private static final String DECIMAL = "\0decimal";

    /** Larger exponents are held in few bytes, but unfold to gigabytes once somebody calculates with them. */
    private static final int MAX_SCALE = 10_000;

    private Edits() {}

    /** Makes {@code target} what {@code edited} says. */
    static void apply(Map<String, @Nullable Object> target, Map<?, ?> edited) {
        if (target.size() != edited.size() || !edited.keySet().containsAll(target.keySet())) {
            target.keySet().retainAll(edited.keySet());
        }
        edited.forEach((key, value) -> {
            String name = (String) key;
            @Nullable Object before = target.get(name);
            @Nullable Object after = merged(before, value);
            if (after != before || (after == null && !target.containsKey(name))) {
                target.put(name, after);
            }
        });
    }

    /** What is to stand where {@code before} stood: itself where it says the same. */
    static @Nullable Object merged(@Nullable Object before, @Nullable Object edited) {
        return switch (edited) {
            case Map<?, ?> map -> map(before, map);
            case List<?> list -> list(before, list);
            case Number number -> before instanceof Number old && same(old, number) ? old : number;
            case String text ->
                before != null
                                && !(before instanceof Number)
                                && before.toString().equals(text)
                        ? before
                        : text;
            case null, default -> edited;
        };
    }

    private static boolean same(Number before, Number after) {
        return switch (before) {
            case BigDecimal old ->
                after instanceof Double real ? old.doubleValue() == real : old.compareTo(exact(after)) == 0;
            case Double old -> old.equals(after);
            case Float old -> after instanceof Double real && old.doubleValue() == real;
            default -> !(after instanceof Double) && before.toString().equals(after.toString());
        };
    }

    private static BigDecimal exact(Number whole) {
        return whole instanceof BigInteger big ? new BigDecimal(big) : BigDecimal.valueOf(whole.longValue());
    }

    private static Object map(@Nullable Object before, Map<?, ?> edited) {
        if (edited.size() == 1 && edited.get(DECIMAL) instanceof String digits) {
            return decimal(digits);
        }
        if (before instanceof Map<?, ?> old) {
            try {
                apply(Edits.<Map<String, @Nullable Object>>as(old), edited);
                return old;
            } catch (UnsupportedOperationException e) {
                // One that cannot be changed is replaced.
            }
        }
        // Of its own: nothing in it stood anywhere before.
        Map<String, @Nullable Object> fresh = as(edited);
        fresh.replaceAll((name, value) -> merged(null, value));
        return fresh;
    }

    private static Object decimal(String digits) {
        BigDecimal number = new BigDecimal(digits);
        return Math.abs((long) number.scale()) > MAX_SCALE ? digits : number;
    }

    private static Object list(@Nullable Object before, List<?> edited) {
        List<@Nullable Object> fresh = as(edited);
        @Nullable List<@Nullable Object> old = before instanceof List<?> list ? as(list) : null;
        for (int i = 0; i < fresh.size(); i++) {
            fresh.set(i, merged(old != null && i < old.size() ? old.get(i) : null, fresh.get(i)));
        }
        if (old == null) {
            return fresh;
        }
        return same(old, fresh) ? old : replaced(old, fresh);
    }

    private static boolean same(List<@Nullable Object> old, List<@Nullable Object> fresh) {
        if (old.size() != fresh.size()) {
            return false;
        }
        for (int i = 0; i < fresh.size(); i++) {
            if (old.get(i) != fresh.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static Object replaced(List<@Nullable Object> old, List<@Nullable Object> fresh) {
        try {
            List<@Nullable Object> kept = new ArrayList<>(fresh);
            old.clear();
            old.addAll(kept);
            return old;
        } catch (UnsupportedOperationException e) {
            return fresh;
        }
    }

    /** A value that the script made. */
    static @Nullable Object fresh(@Nullable Object value) {
        return merged(null, value);
    }

    @SuppressWarnings("unchecked")
    private static <T> T as(Object container) {
        return (T) Objects.requireNonNull(container);
    }
}
