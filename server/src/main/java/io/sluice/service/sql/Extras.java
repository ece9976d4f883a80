package io.sluice.service.sql;

import io.sluice.service.SchemaSettings.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What users added to the schema of one database, as it was when it was read. Immutable. */
record Extras(List<Entry> entries, Map<String, TableExtras> tables) {

    static Extras of(List<Entry> entries) {
        Map<String, Extra> own = new LinkedHashMap<>();
        Map<String, Map<String, Extra>> fields = new LinkedHashMap<>();
        Map<String, Map<String, Extra>> relations = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Extra extra = new Extra(entry.settings());
            switch (entry.kind()) {
                case TABLE -> own.put(entry.table(), extra);
                case FIELD ->
                    fields.computeIfAbsent(entry.table(), table -> new LinkedHashMap<>())
                            .put(entry.name(), extra);
                case RELATION ->
                    relations
                            .computeIfAbsent(entry.table(), table -> new LinkedHashMap<>())
                            .put(entry.name(), extra);
            }
        }
        Map<String, TableExtras> tables = new LinkedHashMap<>();
        entries.stream()
                .map(Entry::table)
                .distinct()
                .forEach(table -> tables.put(
                        table,
                        new TableExtras(
                                own.getOrDefault(table, Extra.NONE),
                                fields.getOrDefault(table, Map.of()),
                                relations.getOrDefault(table, Map.of()))));
        return new Extras(List.copyOf(entries), tables);
    }

    TableExtras table(String real) {
        return tables.getOrDefault(real.toLowerCase(Locale.ROOT), TableExtras.NONE);
    }

    /** The table with its name in addresses. */
    TableName tableName(TableName found) {
        return found.named(table(found.real()).own().named(found.real()));
    }

    /** The table as the API knows it: aliases instead of the database's own names. */
    Table seen(Table read) {
        TableExtras extras = table(read.id().real());
        List<Column> columns = read.columns().stream()
                .map(column -> column.named(extras.field(column).named(column.real())))
                .toList();
        return new Table(
                tableName(read.id()),
                read.quoted(),
                columns,
                read.keys().named(name -> extras.field(name).named(name)),
                read.foreignKeys().stream().map(this::key).toList(),
                extras);
    }

    ForeignKey key(ForeignKey read) {
        TableExtras from = table(read.table());
        TableExtras to = table(read.target());
        return new ForeignKey(
                read.constraint(),
                from.own().named(read.table()),
                read.columns().stream()
                        .map(name -> from.field(name).named(name))
                        .toList(),
                to.own().named(read.target()),
                read.targetColumns().stream()
                        .map(name -> to.field(name).named(name))
                        .toList(),
                read.onUpdate(),
                read.onDelete());
    }
}
