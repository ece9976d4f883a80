package io.sluice.service.sql;

import io.sluice.service.sql.dialect.ColumnType;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Kind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue of a database. Stateless. */
final class Introspection {
    private final Dialect dialect;

    private final boolean nativeJson;

    Introspection(Dialect dialect, boolean nativeJson) {
        this.dialect = dialect;
        this.nativeJson = nativeJson;
    }

    /** All tables and views, by their names in addresses, in the order of those names. */
    List<TableName> tables(Connection connection) throws SQLException {
        Map<String, TableName> found = new TreeMap<>();
        @Nullable String home = defaultSchema(connection);
        try (PreparedStatement statement = connection.prepareStatement(dialect.listTables());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                @Nullable String schema = rows.getString(1);
                String name = rows.getString(2);
                String api = apiName(home, schema, name);
                found.put(api, new TableName(api, schema, name, rows.getBoolean(3), rows.getString(4)));
            }
        }
        return List.copyOf(found.values());
    }

    @Nullable
    String defaultSchema(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.defaultSchema());
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static String apiName(@Nullable String home, @Nullable String schema, String name) {
        return schema == null || schema.equals(home) ? name : schema + "." + name;
    }

    Table table(Connection connection, TableName id) throws SQLException {
        @Nullable String home = defaultSchema(connection);
        DatabaseMetaData meta = connection.getMetaData();
        Table.Keys keys = id.view() ? Table.Keys.NONE : keys(meta, id);
        List<Column> columns = columns(connection, id);
        String quoted = id.schema() == null
                ? dialect.quote(id.name())
                : dialect.quote(id.schema()) + "." + dialect.quote(id.name());
        return new Table(id, quoted, columns, keys, held(meta, id, home));
    }

    private List<Column> columns(Connection connection, TableName id) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(dialect.listColumns())) {
            statement.setString(1, id.schema());
            statement.setString(2, id.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(column(rows));
                }
            }
        }
        return columns;
    }

    private Column column(ResultSet row) throws SQLException {
        String name = row.getString(1);
        ColumnType type = type(Optional.ofNullable(row.getString(2)).orElse(""));
        @Nullable String reported = row.getString(3);
        boolean auto = row.getBoolean(5);
        boolean computed = row.getBoolean(6);
        @Nullable Object value = reported == null || computed ? null : dialect.defaultValue(reported, type);
        boolean filled = reported != null && !reported.equalsIgnoreCase("NULL");
        return new Column(
                name, dialect.quote(name), type, row.getBoolean(4), auto, computed, filled, value, row.getString(7));
    }

    private ColumnType type(String declared) {
        ColumnType type = dialect.type(declared);
        return nativeJson && type.kind() == Kind.JSON ? type.as(Kind.JSON_TREE) : type;
    }

    private Table.Keys keys(DatabaseMetaData meta, TableName id) throws SQLException {
        Map<Integer, String> primary = new TreeMap<>();
        String name = id.name() + "_pkey";
        try (ResultSet rows = meta.getPrimaryKeys(catalogue(id), schema(id), id.name())) {
            while (rows.next()) {
                primary.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
                @Nullable String told = rows.getString("PK_NAME");
                name = told == null ? name : told;
            }
        }
        return indexes(meta, id, name, List.copyOf(primary.values()));
    }

    private Table.Keys indexes(DatabaseMetaData meta, TableName id, String primaryName, List<String> primary)
            throws SQLException {
        Map<String, List<String>> unique = unreported(meta.getConnection(), id);
        Set<String> indexed = new HashSet<>();
        try (ResultSet rows = meta.getIndexInfo(catalogue(id), schema(id), id.name(), false, true)) {
            while (rows.next()) {
                @Nullable String column = rows.getString("COLUMN_NAME");
                @Nullable String name = rows.getString("INDEX_NAME");
                if (column == null || name == null) {
                    continue;
                }
                if (rows.getInt("ORDINAL_POSITION") <= 1) {
                    indexed.add(column);
                }
                // An index over a part of the rows does not make a column unique.
                if (!rows.getBoolean("NON_UNIQUE") && rows.getString("FILTER_CONDITION") == null) {
                    unique.computeIfAbsent(name, key -> new ArrayList<>()).add(column);
                }
            }
        }
        unique.values().removeIf(columns -> columns.equals(primary));
        return new Table.Keys(primaryName, primary, unique, indexed);
    }

    private Map<String, List<String>> unreported(Connection connection, TableName id) throws SQLException {
        Map<String, List<String>> unique = new LinkedHashMap<>();
        if (dialect.listUniqueKeys().isEmpty()) {
            return unique;
        }
        try (PreparedStatement statement = connection.prepareStatement(dialect.listUniqueKeys())) {
            statement.setString(1, id.schema());
            statement.setString(2, id.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    unique.computeIfAbsent(rows.getString(1), key -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return unique;
    }

    private List<ForeignKey> held(DatabaseMetaData meta, TableName id, @Nullable String home) throws SQLException {
        try (ResultSet rows = meta.getImportedKeys(catalogue(id), schema(id), id.name())) {
            return foreignKeys(rows, home);
        }
    }

    /** The keys of other tables that point at this one. */
    List<ForeignKey> pointingAt(Connection connection, TableName id) throws SQLException {
        @Nullable String home = defaultSchema(connection);
        try (ResultSet rows = connection.getMetaData().getExportedKeys(catalogue(id), schema(id), id.name())) {
            return foreignKeys(rows, home);
        }
    }

    private List<ForeignKey> foreignKeys(ResultSet rows, @Nullable String home) throws SQLException {
        List<ForeignKeyRow> all = new ArrayList<>();
        while (rows.next()) {
            all.add(ForeignKeyRow.read(rows, this, home));
        }
        return ForeignKeyRow.join(all);
    }

    /** The name in addresses of the table that a metadata row names. */
    String tableOf(ResultSet row, String side, @Nullable String home) throws SQLException {
        String place = dialect.schemasAreCatalogues() ? side + "TABLE_CAT" : side + "TABLE_SCHEM";
        return apiName(home, row.getString(place), row.getString(side + "TABLE_NAME"));
    }

    private @Nullable String catalogue(TableName id) {
        return dialect.schemasAreCatalogues() ? id.schema() : null;
    }

    private @Nullable String schema(TableName id) {
        return dialect.schemasAreCatalogues() ? null : id.schema();
    }
}
