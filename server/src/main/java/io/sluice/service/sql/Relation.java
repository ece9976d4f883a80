package io.sluice.service.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation of one table to another, derived from foreign keys of one column.
 *
 * @param junction the table between, for {@code many_many}; else null
 * @param alwaysFetch reads of the table include it without being asked
 */
record Relation(
        String name,
        String type,
        String field,
        String refTable,
        String refField,
        ForeignKey rule,
        @Nullable ForeignKey junction,
        @Nullable String junctionRefField,
        boolean alwaysFetch) {

    /** The relations of a table by name. Tables that point at it are looked up. */
    static List<Relation> of(Table table, Schema schema) {
        Map<String, Relation> found = new LinkedHashMap<>();
        List<Relation> all = new ArrayList<>();
        for (ForeignKey own : table.foreignKeys()) {
            if (own.simple()) {
                all.add(new Relation(
                        own.target() + "_by_" + own.column(),
                        "belongs_to",
                        own.column(),
                        own.target(),
                        own.targetColumn(),
                        own,
                        null,
                        null,
                        false));
            }
        }
        schema.pointingAt(table).stream()
                .filter(ForeignKey::simple)
                // The catalogue may tell of keys in tables that are not listed: parts of another table, other schemas.
                .filter(key -> schema.find(key.table()).isPresent())
                .forEach(key -> all.addAll(from(key, schema.table(key.table()))));
        all.forEach(relation -> found.putIfAbsent(relation.name(), relation));
        return List.copyOf(found.values());
    }

    private static List<Relation> from(ForeignKey key, Table holder) {
        List<Relation> relations = new ArrayList<>();
        boolean single = holder.column(key.column()).filter(holder::unique).isPresent()
                || holder.keys().primary().equals(List.of(key.column()));
        relations.add(new Relation(
                holder.name() + "_by_" + key.column(),
                single ? "has_one" : "has_many",
                key.targetColumn(),
                holder.name(),
                key.column(),
                key,
                null,
                null,
                false));
        for (ForeignKey other : holder.foreignKeys()) {
            if (other.simple() && !other.column().equals(key.column())) {
                relations.add(new Relation(
                        other.target() + "_by_" + holder.name(),
                        "many_many",
                        key.targetColumn(),
                        other.target(),
                        other.targetColumn(),
                        key,
                        key,
                        other.column(),
                        false));
            }
        }
        return relations;
    }
}
