package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns that identify records in one call: {@code id_field}, else the primary key; perhaps none. */
record KeyColumns(Table table, List<Column> columns) {

    static KeyColumns of(Table table, Parameters options) {
        Optional<String> named = options.text("id_field");
        return named.isEmpty()
                ? new KeyColumns(table, table.primaryKey())
                : new KeyColumns(
                        table,
                        Arrays.stream(Fields.parts("id_field", named.get()))
                                .map(name -> table.column(name)
                                        .orElseThrow(() -> ApiException.badRequest(
                                                "Invalid field in id_field: '" + name.strip() + "'.")))
                                .toList());
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** These columns, or a 400 when there are none. */
    KeyColumns required() {
        if (columns.isEmpty()) {
            throw ApiException.badRequest("No identifying field determined: table '" + table.name()
                    + "' has no primary key. Name the identifying field with id_field.");
        }
        return this;
    }

    /** The primary key where there is one, so that what was written is known for certain; else these. */
    KeyColumns identity() {
        return table.primaryKey().isEmpty() || columns.equals(table.primaryKey())
                ? this
                : new KeyColumns(table, table.primaryKey());
    }

    /** No two records have the same of these. */
    boolean unique() {
        return !table.primaryKey().isEmpty() && columns.containsAll(table.primaryKey())
                || table.uniqueKeys().values().stream()
                        .anyMatch(columns.stream().map(Column::name).toList()::containsAll);
    }

    boolean composite() {
        return columns.size() > 1;
    }

    /** From text, a number, a list of values, or a record. */
    Key read(Object given) {
        return switch (given) {
            case Map<?, ?> record -> ofRecord(record).orElseThrow(() -> missing(0));
            case List<?> values -> key(values, shown(values));
            default ->
                composite()
                        ? key(parts(String.valueOf(given)), String.valueOf(given))
                        : key(List.of(given), String.valueOf(given));
        };
    }

    /** {@code a,b} or {@code (a,b)}. */
    private static List<?> parts(String text) {
        String inner = text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split(",", -1)).map(String::strip).toList();
    }

    private Key key(List<?> given, String text) {
        if (given.size() != columns.size()) {
            throw ApiException.badRequest(
                    "Identifier '" + text + "' must have " + columns.size() + " parts: " + names() + ".");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            @Nullable Object value = given.get(i);
            if (value == null) {
                throw missing(0);
            }
            values.add(Values.compared(columns.get(i), value));
        }
        return new Key(values, text);
    }

    /** The identifying values of a record, names in any case; empty when one is missing. */
    Optional<Key> ofRecord(Map<?, ?> record) {
        List<Object> given = new ArrayList<>();
        for (Column column : columns) {
            @Nullable Object value = NestedTable.value(record, column.name());
            if (value == null) {
                return Optional.empty();
            }
            given.add(value);
        }
        return Optional.of(key(given, shown(given)));
    }

    private static String shown(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** The 400 for a record that does not say which one it is. */
    ApiException missing(int index) {
        return ApiException.badRequest("Required id field(s) not found in record " + index + ": " + names());
    }

    static ApiException notFound(Key key) {
        return ApiException.notFound("Record with identifier '" + key.text() + "' not found.");
    }

    /** {@code ids}: a list, or text with commas; composite ones in parentheses. */
    List<Object> list(Object ids) {
        if (ids instanceof List<?> list) {
            return list.stream().<Object>map(each -> each == null ? "" : each).toList();
        }
        String text = String.valueOf(ids);
        return composite()
                ? groups(text)
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .<Object>map(id -> id)
                        .toList();
    }

    private static List<Object> groups(String text) {
        List<Object> groups = new ArrayList<>();
        int open = text.indexOf('(');
        while (open >= 0) {
            int close = text.indexOf(')', open);
            groups.add(close < 0 ? text.substring(open) : text.substring(open, close + 1));
            open = close < 0 ? -1 : text.indexOf('(', close);
        }
        return groups.isEmpty() ? List.of(text) : groups;
    }

    Sql is(Key key) {
        Sql sql = new Sql();
        String before = "";
        for (int i = 0; i < columns.size(); i++) {
            sql.add(before)
                    .add(columns.get(i).quoted())
                    .add(" = ")
                    .value(key.values().get(i));
            before = " AND ";
        }
        return sql;
    }

    /** One of these; never called with none. Repeats the last value, so that few different texts are prepared. */
    Sql among(List<Key> keys) {
        if (keys.size() == 1) {
            return is(keys.getFirst());
        }
        Sql sql = new Sql();
        String before = composite() ? "((" : columns.getFirst().quoted() + " IN (";
        int padded = Math.max(1, Integer.highestOneBit(2 * keys.size() - 1));
        for (int i = 0; i < padded; i++) {
            Key key = keys.get(Math.min(i, keys.size() - 1));
            sql.add(before);
            if (composite()) {
                sql.add(is(key));
            } else {
                sql.value(key.values().getFirst());
            }
            before = composite() ? ") OR (" : ", ";
        }
        return sql.add(composite() ? "))" : ")");
    }

    /** The key as a record. */
    Row row(Key key) {
        RowShape shape = RowShape.of(columns.stream().map(Column::name).toList());
        return new Row(shape, key.values().stream().map(KeyColumns::answered).toArray());
    }

    private static Object answered(Object value) {
        return value instanceof Long whole && whole == whole.intValue() ? (Object) whole.intValue() : value;
    }
}
