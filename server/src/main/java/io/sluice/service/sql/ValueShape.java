package io.sluice.service.sql;

import io.sluice.service.Shape;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column look in JSON. Pure.
 *
 * @param spelling what the schema cannot say, to stand behind the declared type
 * @param defaults the class of defaults that are plain values
 */
record ValueShape(Map<String, Object> schema, String spelling, Object example, Class<?> defaults) {

    static ValueShape of(Column column) {
        return switch (column.kind()) {
            case INTEGER -> plain(of("integer", "format", bits(column)), 1, Number.class);
            case BIG_INTEGER -> plain(Shape.WHOLE, 1, Number.class);
            case DECIMAL, REAL, SINGLE -> plain(Map.of("type", "number"), new BigDecimal("1.5"), Number.class);
            case BOOLEAN -> plain(Shape.FLAG, true, Boolean.class);
            case TEXT -> text(column);
            case DATE -> spelled("date", "", "2024-01-31");
            case UUID -> spelled("uuid", "", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
            case TIME -> spelled("", ", such as 13:45:00", "13:45:00");
            case TIMESTAMP -> spelled("", ", such as 2024-01-31 13:45:00", "2024-01-31 13:45:00");
            case TIMESTAMP_TZ -> spelled("", ", with its time zone", "2024-01-31 13:45:00+00");
            case JSON -> spelled("", ", JSON as text", "{\"a\": 1}");
            case JSON_TREE -> new ValueShape(Map.of(), ", any JSON", Map.of("a", 1), Void.class);
            case BINARY -> new ValueShape(of("string", "contentEncoding", "base64"), ", as base64", "YWJj", Void.class);
            case OTHER, ARRAY -> spelled("", "", "");
        };
    }

    /** Whether the column's default is a value that its schema can tell. */
    boolean takes(Object value) {
        return defaults.isInstance(value);
    }

    private static Map<String, Object> of(String type, String keyword, Object value) {
        return Map.of("type", type, keyword, value);
    }

    private static String bits(Column column) {
        return column.type().simple().equals("bigint") ? "int64" : "int32";
    }

    private static ValueShape plain(Map<String, Object> schema, Object example, Class<?> defaults) {
        return new ValueShape(schema, "", example, defaults);
    }

    private static ValueShape spelled(String format, String spelling, String example) {
        Map<String, Object> schema = format.isEmpty() ? Shape.TEXT : of("string", "format", format);
        return new ValueShape(schema, spelling, example, Void.class);
    }

    private static ValueShape text(Column column) {
        Map<String, Object> schema = new HashMap<>(Shape.TEXT);
        Integer length = column.type().length();
        if (length != null) {
            schema.put("maxLength", length);
        }
        return plain(schema, word(column, length), String.class);
    }

    private static String word(Column column, @Nullable Integer length) {
        String word = column.name().toLowerCase(Locale.ROOT).contains("email")
                ? "someone@example.com"
                : "some " + column.name().replace('_', ' ');
        return length != null && word.length() > length ? word.substring(0, length) : word;
    }
}
