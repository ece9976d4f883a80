package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values for columns, checked and typed. Unknown fields of the record are gone. */
record Assignments(Map<Column, @Nullable Object> values) {
    /** Stands for the database's own clock: {@code {"expression": "NOW()"}}. */
    private static final Object NOW = new Object();

    private static final Set<String> CLOCK = Set.of("NOW()", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP()");

    /** For a new record: what is required must be there. */
    static Assignments create(Map<?, ?> record, KeyColumns keys, int index) {
        return create(record, keys, index, new Assignments(new LinkedHashMap<>()));
    }

    /** For a new record with further values that were read before. */
    static Assignments create(Map<?, ?> record, KeyColumns keys, int index, Assignments more) {
        Assignments given = given(record, keys.table());
        given.values.putAll(more.values);
        given.values.keySet().removeIf(column -> column.autoIncrement() && given.values.get(column) == null);
        for (Column column : keys.table().columns()) {
            boolean there = given.values.containsKey(column);
            if (!there && column.required() && !keys.table().extras().stamped(column)) {
                throw keys.table().inPrimaryKey(column) ? keys.missing(index) : required(column);
            }
        }
        return given;
    }

    /** For records that exist; {@code fixed} columns stay as they are. */
    static Assignments update(Map<?, ?> record, Table table, List<Column> fixed) {
        Assignments given = changes(record, table, fixed);
        if (given.values.isEmpty()) {
            throw empty();
        }
        return given;
    }

    /** The same where there may be none. */
    static Assignments changes(Map<?, ?> record, Table table, List<Column> fixed) {
        Assignments given = read(record, table, false);
        given.values.keySet().removeIf(column -> column.autoIncrement() || fixed.contains(column));
        return given;
    }

    private static Assignments given(Map<?, ?> record, Table table) {
        Assignments given = read(record, table, true);
        if (given.values.isEmpty()) {
            throw empty();
        }
        return given;
    }

    private static Assignments read(Map<?, ?> record, Table table, boolean creating) {
        Map<Column, @Nullable Object> values = new LinkedHashMap<>();
        record.forEach((name, value) -> table.column(String.valueOf(name))
                .filter(column -> !column.computed() && wanted(table, column, value, creating))
                .ifPresent(column -> values.put(column, value(column, value))));
        return new Assignments(values);
    }

    /** What the checks of the field let through; those that the server fills are not the caller's. */
    private static boolean wanted(Table table, Column column, @Nullable Object value, boolean creating) {
        TableExtras extras = table.extras();
        return extras == TableExtras.NONE
                || !extras.stamped(column) && new FieldCheck(column, extras.field(column), creating).holds(value);
    }

    /** With the fields that the server fills: who writes, and when. */
    Assignments stamped(Table table, Caller caller, boolean creating) {
        List<Column> filled =
                table.columns().stream().filter(table.extras()::stamped).toList();
        if (filled.isEmpty()) {
            return this;
        }
        Map<Column, @Nullable Object> all = new LinkedHashMap<>(values);
        for (Column column : filled) {
            switch (table.extras().declaredType(column).orElse("")) {
                case "timestamp_on_update" -> all.put(column, NOW);
                case "user_id_on_update" -> caller.person().ifPresent(person -> all.put(column, person.id()));
                default -> caller.person().filter(person -> creating).ifPresent(person -> all.put(column, person.id()));
            }
        }
        return new Assignments(all);
    }

    private static @Nullable Object value(Column column, @Nullable Object given) {
        if (given instanceof Map<?, ?> map && map.containsKey("expression")) {
            return expression(column, map.get("expression"));
        }
        @Nullable Object value = Values.stored(column, given);
        if (value == null && !column.nullable() && !column.autoIncrement()) {
            throw ApiException.badRequest("Field '" + column.name().toLowerCase(Locale.ROOT) + "' can not be NULL.");
        }
        return value;
    }

    /** Only the clock: anything else would let SQL in. */
    private static Object expression(Column column, @Nullable Object given) {
        @Nullable Object text = given instanceof Map<?, ?> map ? map.get("value") : given;
        if (CLOCK.contains(String.valueOf(text).strip().toUpperCase(Locale.ROOT))) {
            return NOW;
        }
        throw ApiException.badRequest(
                "Field '" + column.name() + "' holds an expression that is not allowed. Allowed is NOW().");
    }

    private static ApiException required(Column column) {
        return ApiException.badRequest(
                "Required field '" + column.name().toLowerCase(Locale.ROOT) + "' can not be NULL.");
    }

    private static ApiException empty() {
        return ApiException.badRequest("No valid fields were found in record.");
    }

    /** The value given for a column; empty when it is missing, null, or left to the database. */
    Optional<Object> value(Column column) {
        @Nullable Object value = values.get(column);
        return value == NOW ? Optional.empty() : Optional.ofNullable(value);
    }

    /** As an answer, where the record cannot be read again. */
    Map<String, @Nullable Object> shown(Projection projection) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        projection
                .columns()
                .forEach(column -> shown.put(column.name(), value(column).orElse(null)));
        return shown;
    }

    /** The list after SET. */
    Sql set() {
        Sql sql = new Sql();
        String before = "";
        for (Map.Entry<Column, @Nullable Object> entry : values.entrySet()) {
            sql.add(before).add(entry.getKey().quoted()).add(" = ");
            add(sql, entry.getKey(), entry.getValue());
            before = ", ";
        }
        return sql;
    }

    /** {@code (a, b) VALUES (?, ?)}. */
    Sql columnsAndValues() {
        Sql sql = new Sql()
                .add(values.keySet().stream().map(Column::quoted).collect(Collectors.joining(", ", "(", ") VALUES ")));
        String before = "(";
        for (Map.Entry<Column, @Nullable Object> entry : values.entrySet()) {
            sql.add(before);
            add(sql, entry.getKey(), entry.getValue());
            before = ", ";
        }
        return sql.add(")");
    }

    private static void add(Sql sql, Column column, @Nullable Object value) {
        if (value == NOW) {
            sql.add("CURRENT_TIMESTAMP");
        } else {
            sql.value(value, column.type().writing());
        }
    }
}
