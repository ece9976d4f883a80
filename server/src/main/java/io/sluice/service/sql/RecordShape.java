package io.sluice.service.sql;

import io.sluice.service.Shape;
import io.sluice.service.sql.dialect.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas and examples of a table's records. Pure. */
record RecordShape(Table table) {

    /** A record as it is read; {@code fields} may leave any of it out. */
    Map<String, Object> record() {
        Map<String, Object> properties = new LinkedHashMap<>();
        table.columns().forEach(column -> properties.put(column.name(), column(column)));
        Map<String, Object> schema = Shape.object(properties);
        @Nullable String comment = table.id().comment();
        if (comment != null && !comment.isBlank()) {
            schema.put("description", comment);
        }
        return schema;
    }

    /** A record that can be created. */
    static Map<String, Object> creation(String record, Table table) {
        List<String> required = table.columns().stream()
                .filter(Column::required)
                .map(Column::name)
                .toList();
        Map<String, Object> same = Shape.ref(record);
        return required.isEmpty()
                ? Map.of("allOf", List.of(same))
                : Map.of("allOf", List.of(same, Map.of("type", "object", "required", required)));
    }

    private Map<String, Object> column(Column column) {
        ValueShape shape = ValueShape.of(column);
        Map<String, Object> schema = new LinkedHashMap<>(shape.schema());
        if (column.nullable()) {
            schema.computeIfPresent("type", (key, type) -> List.of(type, "null"));
        }
        if (column.computed()) {
            schema.put("readOnly", true);
        }
        Object otherwise = column.defaultValue();
        if (otherwise != null && shape.takes(otherwise)) {
            schema.put("default", otherwise);
        }
        schema.put("description", text(column, shape));
        return schema;
    }

    /** What a schema cannot say: the declared type, how values are spelled, keys. */
    private String text(Column column, ValueShape shape) {
        StringBuilder text = new StringBuilder();
        @Nullable String comment = column.comment();
        if (comment != null && !comment.isBlank()) {
            text.append(comment.strip()).append(' ');
        }
        String declared = column.type().declared().toLowerCase(Locale.ROOT);
        text.append('(').append(declared).append(shape.spelling()).append(')');
        if (table.inPrimaryKey(column)) {
            text.append(column.autoIncrement() ? " Primary key, numbered by the database." : " Primary key.");
        }
        Object otherwise = column.defaultValue();
        if (otherwise != null && !shape.takes(otherwise)) {
            text.append(" Default: ").append(otherwise).append('.');
        }
        return text.toString();
    }

    /** A record with a value in each column that a create may give. */
    Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> !column.computed() && !column.autoIncrement())
                .filter(column -> column.kind() != Kind.OTHER && column.kind() != Kind.ARRAY)
                .forEach(column ->
                        example.put(column.name(), ValueShape.of(column).example()));
        return example;
    }
}
