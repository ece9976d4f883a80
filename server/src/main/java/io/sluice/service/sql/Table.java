package io.sluice.service.sql;

import io.sluice.api.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A table or view with its columns and keys, as it was when it was read. Immutable but for a cache of projections. */
final class Table {
    private static final int MAX_PROJECTIONS = 256;
    private static final int LONGEST_REMEMBERED = 1_000;

    private final TableName id;
    private final String quoted;
    private final List<Column> columns;
    private final Map<String, Column> byName;
    private final Keys keys;
    private final List<Column> primaryKey;
    private final List<ForeignKey> foreignKeys;
    private final Map<String, Projection> projections = new ConcurrentHashMap<>();

    /**
     * The keys of a table.
     *
     * @param primaryName the name of the primary key's constraint
     * @param unique columns of unique keys by name, the primary one left out
     * @param indexed columns with which an index begins
     */
    record Keys(String primaryName, List<String> primary, Map<String, List<String>> unique, Set<String> indexed) {
        static final Keys NONE = new Keys("", List.of(), Map.of(), Set.of());

        Keys {
            primary = List.copyOf(primary);
            unique = Map.copyOf(unique);
            indexed = Set.copyOf(indexed);
        }
    }

    Table(TableName id, String quoted, List<Column> columns, Keys keys, List<ForeignKey> foreignKeys) {
        this.id = id;
        this.quoted = quoted;
        this.columns = List.copyOf(columns);
        this.byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name().toLowerCase(Locale.ROOT), column));
        this.keys = keys;
        this.primaryKey = keys.primary().stream().map(this::known).toList();
        this.foreignKeys = List.copyOf(foreignKeys);
    }

    /** The name in addresses. */
    String name() {
        return id.api();
    }

    TableName id() {
        return id;
    }

    /** The name, ready for SQL. */
    String quoted() {
        return quoted;
    }

    List<Column> columns() {
        return columns;
    }

    /** Empty for views and tables without one. */
    List<Column> primaryKey() {
        return primaryKey;
    }

    /** Unique keys by name, the primary one left out. */
    Map<String, List<String>> uniqueKeys() {
        return keys.unique();
    }

    Keys keys() {
        return keys;
    }

    /** The keys that this table holds. */
    List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /** By name in any case. */
    Optional<Column> column(String name) {
        return Optional.ofNullable(byName.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    private Column known(String name) {
        return column(name)
                .orElseThrow(() ->
                        ApiException.badRequest("Field '" + name + "' does not exist in table '" + name() + "'."));
    }

    boolean inPrimaryKey(Column column) {
        return primaryKey.contains(column);
    }

    Optional<ForeignKey> reference(Column column) {
        return foreignKeys.stream()
                .filter(key -> key.simple() && key.column().equals(column.name()))
                .findFirst();
    }

    /** One column that is a unique key by itself; the primary key does not count. */
    boolean unique(Column column) {
        return keys.unique().containsValue(List.of(column.name()));
    }

    /** A projection made before for that text, else a new one. */
    Projection projection(String text, Supplier<Projection> make) {
        Projection known = projections.get(text);
        if (known != null) {
            return known;
        }
        Projection made = make.get();
        if (projections.size() < MAX_PROJECTIONS && text.length() <= LONGEST_REMEMBERED) {
            projections.put(text, made);
        }
        return made;
    }
}
