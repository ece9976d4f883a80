package io.sluice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table whose rows are seen as maps by column name: numbers as Long, flags as Boolean, times as
 * {@code yyyy-MM-dd HH:mm:ss} in UTC (stored as ISO-8601), JSON as maps and lists. Names come from code, never from callers.
 *
 * @param columns without {@code id}, which every such table begins with
 */
public record Table(String name, List<Column> columns) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Table {
        columns = List.copyOf(columns);
    }

    /** How a column's values are kept. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        TIME,
        JSON
    }

    public record Column(String name, Kind kind) {}

    /** Columns of one kind, names separated by blanks. */
    public static List<Column> columns(Kind kind, String names) {
        return Arrays.stream(names.split(" "))
                .map(name -> new Column(name, kind))
                .toList();
    }

    /** All rows in the order of their keys. {@code where} is SQL without the word itself, empty for all. */
    public List<Map<String, @Nullable Object>> list(Tx tx, String where, @Nullable Object... values) {
        String condition = where.isEmpty() ? "" : " where " + where;
        return tx.list("select * from " + name + condition + " order by id", this::read, values);
    }

    public Optional<Map<String, @Nullable Object>> one(Tx tx, String where, @Nullable Object... values) {
        return list(tx, where, values).stream().findFirst();
    }

    /** A row by its key. */
    public Optional<Map<String, @Nullable Object>> byId(Tx tx, long id) {
        return one(tx, "id = ?", id);
    }

    public boolean exists(Tx tx, String where, @Nullable Object... values) {
        return tx.one("select 1 from " + name + " where " + where, row -> true, values)
                .isPresent();
    }

    /** Inserts the columns that the row has; the others get the defaults of the database. Its key. */
    public long insert(Tx tx, Map<String, @Nullable Object> row) {
        List<Column> given = given(row);
        String names = String.join(", ", given.stream().map(Column::name).toList());
        String marks = String.join(", ", given.stream().map(column -> "?").toList());
        return tx.insert("insert into " + name + " (" + names + ") values (" + marks + ")", values(given, row));
    }

    /** Changes the columns that the row has. */
    public void update(Tx tx, long id, Map<String, @Nullable Object> row) {
        List<Column> given = given(row);
        if (given.isEmpty()) {
            return;
        }
        String sets = String.join(
                ", ", given.stream().map(column -> column.name() + " = ?").toList());
        @Nullable Object[] values = Arrays.copyOf(values(given, row), given.size() + 1);
        values[given.size()] = id;
        tx.update("update " + name + " set " + sets + " where id = ?", values);
    }

    /** Whether there was such a row. */
    public boolean delete(Tx tx, long id) {
        return tx.update("delete from " + name + " where id = ?", id) > 0;
    }

    private List<Column> given(Map<String, @Nullable Object> row) {
        return columns.stream().filter(column -> row.containsKey(column.name())).toList();
    }

    private static @Nullable Object[] values(List<Column> columns, Map<String, @Nullable Object> row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stored(columns.get(i).kind(), row.get(columns.get(i).name()));
        }
        return values;
    }

    private static @Nullable Object stored(Kind kind, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case TEXT, NUMBER, FLAG -> value;
            case TIME -> value.toString().replace(' ', 'T') + (value.toString().endsWith("Z") ? "" : "Z");
            case JSON -> JSON.writeValueAsString(value);
        };
    }

    private Map<String, @Nullable Object> read(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("id", row.getLong("id"));
        for (Column column : columns) {
            record.put(column.name(), value(row, column));
        }
        return record;
    }

    private static @Nullable Object value(ResultSet row, Column column) throws SQLException {
        String text = row.getString(column.name());
        if (text == null) {
            return null;
        }
        return switch (column.kind()) {
            case TEXT -> text;
            case NUMBER -> row.getLong(column.name());
            case FLAG -> row.getInt(column.name()) != 0;
            case TIME -> text.replace('T', ' ').replace("Z", "");
            case JSON -> JSON.readValue(text, Object.class);
        };
    }
}
