package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known about a database's tables: read when first asked for, kept until cleared. Thread-safe. */
final class Schema {
    private final Database database;
    private final Introspection introspection;
    private volatile @Nullable Map<String, TableName> names;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final Map<String, List<ForeignKey>> pointing = new ConcurrentHashMap<>();
    private final Map<String, List<Relation>> relations = new ConcurrentHashMap<>();

    Schema(Database database, Dialect dialect) {
        this.database = database;
        this.introspection = new Introspection(dialect, database.nativeJson());
    }

    /** In the order of their names. */
    List<TableName> list() {
        return List.copyOf(names().values());
    }

    private Map<String, TableName> names() {
        Map<String, TableName> known = names;
        return known != null ? known : readNames();
    }

    private Map<String, TableName> readNames() {
        Map<String, TableName> read = new LinkedHashMap<>();
        for (TableName name : database.with(introspection::tables)) {
            // Two names that differ by case only: the first one answers to other spellings.
            read.putIfAbsent(name.api().toLowerCase(Locale.ROOT), name);
            read.put(exact(name.api()), name);
        }
        read.keySet()
                .removeIf(key -> key.startsWith("=")
                        && read.get(key) == read.get(key.substring(1).toLowerCase(Locale.ROOT)));
        names = read;
        return read;
    }

    private static String exact(String name) {
        return "=" + name;
    }

    /** By name in any case; a table that is not known yet is looked for once more. */
    Optional<TableName> find(String name) {
        Optional<TableName> known = among(names(), name);
        return known.isPresent() ? known : among(readNames(), name);
    }

    private static Optional<TableName> among(Map<String, TableName> names, String name) {
        TableName same = names.get(exact(name));
        return Optional.ofNullable(same != null ? same : names.get(name.toLowerCase(Locale.ROOT)));
    }

    /** By name in any case; 404 when there is none. */
    Table table(String name) {
        TableName id = find(name).orElseThrow(() -> missing(name));
        Table known = tables.get(id.api());
        if (known != null) {
            return known;
        }
        Table read = database.with(connection -> introspection.table(connection, id));
        if (read.columns().isEmpty()) {
            forget();
            throw missing(name);
        }
        tables.put(id.api(), read);
        return read;
    }

    static ApiException missing(String name) {
        return ApiException.notFound("Table \"" + name + "\" does not exist in the database.");
    }

    /** The keys of other tables that point at this one. */
    List<ForeignKey> pointingAt(Table table) {
        List<ForeignKey> known = pointing.get(table.name());
        if (known != null) {
            return known;
        }
        List<ForeignKey> read = database.with(connection -> pointingAt(connection, table));
        pointing.put(table.name(), read);
        return read;
    }

    /** Those keys if they were read before; never asks the database. */
    List<ForeignKey> knownPointingAt(Table table) {
        return pointing.getOrDefault(table.name(), List.of());
    }

    private List<ForeignKey> pointingAt(Connection connection, Table table) throws SQLException {
        return introspection.pointingAt(connection, table.id());
    }

    /** The relations of that table. */
    List<Relation> relations(Table table) {
        List<Relation> known = relations.get(table.name());
        if (known != null) {
            return known;
        }
        List<Relation> read = Relation.of(table, this);
        relations.put(table.name(), read);
        return read;
    }

    /** Everything is read anew when next asked for. */
    void forget() {
        names = null;
        tables.clear();
        pointing.clear();
        relations.clear();
    }
}
