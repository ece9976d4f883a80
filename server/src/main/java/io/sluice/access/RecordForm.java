package io.sluice.access;

import io.sluice.api.Parameters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that callers may write in a family of records. Anything else that they send is left alone. */
public record RecordForm(List<Field> fields) {
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "n", "f");

    public RecordForm {
        fields = List.copyOf(fields);
    }

    /** What a field takes. ANY is data of any shape, kept as JSON. */
    public enum Type {
        TEXT,
        NUMBER,
        FLAG,
        ANY
    }

    /**
     * One field.
     *
     * @param max characters of a text, 0 for no limit
     * @param otherwise the value when absent; a flag is never null
     */
    public record Field(
            String name,
            Type type,
            int max,
            boolean required,
            @Nullable Object otherwise) {
        public static Field text(String name, int max) {
            return new Field(name, Type.TEXT, max, false, null);
        }

        public static Field number(String name) {
            return new Field(name, Type.NUMBER, 0, false, null);
        }

        public static Field flag(String name, boolean otherwise) {
            return new Field(name, Type.FLAG, 0, false, otherwise);
        }

        public static Field any(String name) {
            return new Field(name, Type.ANY, 0, false, null);
        }

        public Field asRequired() {
            return new Field(name, type, max, true, otherwise);
        }

        public Field or(Object value) {
            return new Field(name, type, max, required, value);
        }
    }

    public static RecordForm of(Field... fields) {
        return new RecordForm(List.of(fields));
    }

    /** All fields, with defaults for those that were not given. */
    public Map<String, @Nullable Object> forCreate(Map<String, @Nullable Object> given, Problems problems) {
        return read(fields, given, problems);
    }

    /** The fields that were given. */
    public Map<String, @Nullable Object> forUpdate(Map<String, @Nullable Object> given, Problems problems) {
        List<Field> changed = new ArrayList<>(fields);
        changed.removeIf(field -> !given.containsKey(field.name()));
        return read(changed, given, problems);
    }

    private static Map<String, @Nullable Object> read(
            List<Field> fields, Map<String, @Nullable Object> given, Problems problems) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Field field : fields) {
            Object value = blankAsNull(given.get(field.name()));
            if (value == null) {
                value = field.otherwise();
            }
            if (value == null && field.required()) {
                problems.add(field.name(), "The " + field.name() + " field is required.");
            }
            row.put(field.name(), value == null ? null : coerced(field, value, problems));
        }
        return row;
    }

    private static @Nullable Object blankAsNull(@Nullable Object value) {
        return value instanceof String text && text.isBlank() ? null : value;
    }

    private static Object coerced(Field field, Object value, Problems problems) {
        return switch (field.type()) {
            case ANY -> value;
            case TEXT -> text(field, value, problems);
            case NUMBER -> number(field, value, problems);
            case FLAG -> flag(field, value, problems);
        };
    }

    private static Object text(Field field, Object value, Problems problems) {
        if (value instanceof Map || value instanceof Iterable) {
            problems.add(field.name(), "The " + field.name() + " field must be text.");
        }
        String text = value.toString();
        if (field.max() > 0 && text.length() > field.max()) {
            problems.add(
                    field.name(),
                    "The " + field.name() + " field must not be longer than " + field.max() + " characters.");
        }
        return text;
    }

    private static Object number(Field field, Object value, Problems problems) {
        try {
            return new BigInteger(value.toString().trim()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            problems.add(field.name(), "The " + field.name() + " field must be a whole number.");
            return 0L;
        }
    }

    private static Object flag(Field field, Object value, Problems problems) {
        if (value instanceof Boolean) {
            return value;
        }
        String text = value.toString().trim().toLowerCase(Locale.ROOT);
        if (!Parameters.isTrue(text) && !FALSE.contains(text)) {
            problems.add(field.name(), "The " + field.name() + " field must be true or false.");
        }
        return Parameters.isTrue(text);
    }
}
