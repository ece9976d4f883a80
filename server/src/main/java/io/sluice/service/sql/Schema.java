package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.sql.dialect.Dialect;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a database's tables: read when first asked for, kept until cleared. Thread-safe.
 *
 * <p>Forgetting puts a new, empty copy in the place of the old one: what a slow reader of the old state still finds goes into
 * the old copy, never into the new one.
 */
final class Schema {
    private final Database database;
    private final Introspection introspection;
    private final SchemaSettings settings;
    private final ReentrantLock changes = new ReentrantLock();
    private volatile Known known = new Known();

    Schema(Database database, Dialect dialect, SchemaSettings settings) {
        this.database = database;
        this.introspection = new Introspection(dialect, database.nativeJson());
        this.settings = settings;
    }

    /** One state of the schema, as far as it was asked for. */
    private final class Known {
        private volatile @Nullable Extras extras;
        private volatile @Nullable Map<String, TableName> names;
        private final Map<String, Table> tables = new ConcurrentHashMap<>();
        private final Map<String, List<ForeignKey>> pointing = new ConcurrentHashMap<>();
        private final Map<String, List<Relation>> relations = new ConcurrentHashMap<>();

        Extras extras() {
            Extras read = extras;
            if (read == null) {
                read = Extras.of(settings.of(database.serviceId()));
                extras = read;
            }
            return read;
        }

        Map<String, TableName> names() {
            Map<String, TableName> read = names;
            return read != null ? read : readNames();
        }

        Map<String, TableName> readNames() {
            Extras added = extras();
            Map<String, TableName> read = new LinkedHashMap<>();
            List<TableName> found = database.with(introspection::tables).stream()
                    .map(added::tableName)
                    .sorted(Comparator.comparing(TableName::api))
                    .toList();
            for (TableName name : found) {
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

        /** By name in any case; a table that is not known yet is looked for once more. */
        Optional<TableName> find(String name) {
            Optional<TableName> found = among(names(), name);
            return found.isPresent() ? found : among(readNames(), name);
        }

        @Nullable
        Table table(TableName id) {
            Table read = tables.get(id.api());
            if (read == null) {
                read = extras().seen(database.with(connection -> introspection.table(connection, id)));
                if (read.columns().isEmpty()) {
                    return null;
                }
                tables.put(id.api(), read);
            }
            return read;
        }

        List<ForeignKey> pointingAt(Table table) {
            List<ForeignKey> read = pointing.get(table.name());
            if (read == null) {
                read = database.with(connection -> introspection.pointingAt(connection, table.id())).stream()
                        .map(extras()::key)
                        .toList();
                pointing.put(table.name(), read);
            }
            return read;
        }
    }

    /** In the order of their names. */
    List<TableName> list() {
        return List.copyOf(known.names().values());
    }

    private static String exact(String name) {
        return "=" + name;
    }

    private static Optional<TableName> among(Map<String, TableName> names, String name) {
        TableName same = names.get(exact(name));
        return Optional.ofNullable(same != null ? same : names.get(name.toLowerCase(Locale.ROOT)));
    }

    /** By name in any case; a table that is not known yet is looked for once more. */
    Optional<TableName> find(String name) {
        return known.find(name);
    }

    /** By the database's own name in any case, whatever the alias. */
    Optional<TableName> findReal(String name) {
        return known.names().values().stream()
                .filter(table -> table.real().equalsIgnoreCase(name))
                .findFirst();
    }

    /** By name in any case; 404 when there is none. */
    Table table(String name) {
        Known state = known;
        TableName id = state.find(name).orElseThrow(() -> missing(name));
        Table found = state.table(id);
        if (found == null) {
            forget(state);
            throw missing(name);
        }
        return found;
    }

    static ApiException missing(String name) {
        return ApiException.notFound("Table \"" + name + "\" does not exist in the database.");
    }

    /** The keys of other tables that point at this one. */
    List<ForeignKey> pointingAt(Table table) {
        return known.pointingAt(table);
    }

    /** Those keys if they were read before; never asks the database. */
    List<ForeignKey> knownPointingAt(Table table) {
        return known.pointing.getOrDefault(table.name(), List.of());
    }

    /** What users added to the table itself. */
    Extra extras(TableName table) {
        return known.extras().table(table.real()).own();
    }

    /** What users added, all of it. */
    List<Entry> entries() {
        return known.extras().entries();
    }

    /** One change at a time: each is decided on what the one before it left, not on what was read some time ago. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            forget();
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** Keeps these instead of what was kept about the same things. */
    void keep(List<Entry> entries) {
        if (!entries.isEmpty()) {
            settings.put(database.serviceId(), entries);
            forget();
        }
    }

    /** The relations of that table. */
    List<Relation> relations(Table table) {
        Known state = known;
        List<Relation> read = state.relations.get(table.name());
        if (read == null) {
            read = Relation.of(table, this);
            state.relations.put(table.name(), read);
        }
        return read;
    }

    /** Everything is read anew when next asked for. */
    void forget() {
        known = new Known();
    }

    private void forget(Known state) {
        if (known == state) {
            known = new Known();
        }
    }
}
