package io.sluice.service.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Relations that no foreign key tells of: kept as settings, in the database's own names, and read as if a key were there. */
final class VirtualRelation {
    private final Table table;
    private final Schema schema;
    private final String name;
    private final Extra extra;

    private VirtualRelation(Table table, Schema schema, String name, Extra extra) {
        this.table = table;
        this.schema = schema;
        this.name = name;
        this.extra = extra;
    }

    /** Those whose tables and fields are still there. */
    static List<Relation> of(Table table, Schema schema) {
        List<Map.Entry<String, Extra>> kept = table.extras().virtualRelations();
        return kept.stream()
                .flatMap(each -> new VirtualRelation(table, schema, each.getKey(), each.getValue()).relation().stream())
                .toList();
    }

    private Optional<Relation> relation() {
        Optional<Column> own = table.realColumn(text("field"));
        Optional<Table> target = table(text("ref_table"));
        Optional<Column> theirs = target.flatMap(to -> to.realColumn(text("ref_field")));
        if (own.isEmpty() || target.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        return switch (text("type")) {
            case "belongs_to" ->
                made(own.get(), target.get(), theirs.get(), key(table, own.get(), target.get(), theirs.get()));
            case "has_one", "has_many" ->
                made(own.get(), target.get(), theirs.get(), key(target.get(), theirs.get(), table, own.get()));
            case "many_many" -> manyMany(own.get(), target.get(), theirs.get());
            default -> Optional.empty();
        };
    }

    private Optional<Table> table(String real) {
        return schema.findReal(real).map(id -> schema.table(id.api()));
    }

    private Optional<Relation> manyMany(Column own, Table target, Column theirs) {
        Optional<Table> junction = table(text("junction_table"));
        Optional<Column> here = junction.flatMap(between -> between.realColumn(text("junction_field")));
        Optional<Column> there = junction.flatMap(between -> between.realColumn(text("junction_ref_field")));
        if (junction.isEmpty() || here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        ForeignKey key = key(junction.get(), here.get(), table, own);
        return Optional.of(relation(own, target, theirs, key, key, there.get().name()));
    }

    private Optional<Relation> made(Column own, Table target, Column theirs, ForeignKey key) {
        return Optional.of(relation(own, target, theirs, key, null, null));
    }

    private Relation relation(
            Column own,
            Table target,
            Column theirs,
            ForeignKey key,
            @Nullable ForeignKey junction,
            @Nullable String junctionRefField) {
        return new Relation(
                extra.named(extra.text("name").orElse(name)),
                text("type"),
                own.name(),
                target.name(),
                theirs.name(),
                key,
                junction,
                junctionRefField,
                extra.flag("always_fetch"));
    }

    private static ForeignKey key(Table holder, Column column, Table target, Column targetColumn) {
        return new ForeignKey(
                "", holder.name(), List.of(column.name()), target.name(), List.of(targetColumn.name()), null, null);
    }

    private String text(String key) {
        return extra.text(key).orElse("");
    }
}
