package io.sluice.service.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables, fields and relations as {@code _schema} shows them. */
final class Describe {
    private final Database database;
    private final long serviceId;

    Describe(Database database) {
        this.database = database;
        this.serviceId = database.serviceId();
    }

    Map<String, @Nullable Object> table(Table table) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        Extra own = table.extras().own();
        String label = Labels.of(table.id(), own);
        shown.put("alias", own.text("alias").orElse(null));
        shown.put("name", table.id().real());
        shown.put("label", label);
        shown.put("description", own.text("description").orElse(table.id().comment()));
        shown.put("native", List.of());
        shown.put("plural", own.text("plural").orElseGet(() -> Labels.plural(label)));
        shown.put("is_view", table.id().view());
        shown.put("primary_key", table.primaryKey().stream().map(Column::name).toList());
        shown.put("name_field", own.text("name_field").orElse(null));
        shown.put("field", fields(table));
        shown.put("related", related(table));
        shown.put("constraints", constraints(table));
        return shown;
    }

    List<Map<String, @Nullable Object>> fields(Table table) {
        return Stream.concat(
                        table.columns().stream().map(column -> field(table, column)),
                        table.extras().virtualFields().entrySet().stream()
                                .map(each -> virtualField(each.getKey(), each.getValue())))
                .toList();
    }

    /** A field that only the settings know. */
    static Map<String, @Nullable Object> virtualField(String name, Extra extra) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("alias", extra.text("alias").orElse(null));
        shown.put("name", name);
        shown.put("label", extra.text("label").orElseGet(() -> Labels.label(name)));
        shown.put("description", extra.value("description"));
        shown.put("native", List.of());
        shown.put("type", extra.text("type").orElse("string"));
        for (String none : List.of("db_type", "length", "precision", "scale", "default")) {
            shown.put(none, null);
        }
        shown.put("required", false);
        shown.put("allow_null", true);
        for (String no : List.of(
                "fixed_length",
                "supports_multibyte",
                "auto_increment",
                "is_primary_key",
                "is_unique",
                "is_index",
                "is_foreign_key")) {
            shown.put(no, false);
        }
        for (String none : List.of("ref_table", "ref_field", "ref_on_update", "ref_on_delete")) {
            shown.put(none, null);
        }
        added(shown, extra, true);
        return shown;
    }

    private static void added(Map<String, @Nullable Object> shown, Extra extra, boolean virtual) {
        for (String kept : List.of("picklist", "validation", "db_function")) {
            shown.put(kept, extra.value(kept));
        }
        shown.put("is_virtual", virtual);
        shown.put("is_aggregate", extra.flag("is_aggregate"));
    }

    Map<String, @Nullable Object> field(Table table, Column column) {
        Optional<ForeignKey> reference = table.reference(column);
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        Extra extra = table.extras().field(column);
        shown.put("alias", extra.text("alias").orElse(null));
        shown.put("name", column.real());
        shown.put("label", extra.text("label").orElseGet(() -> Labels.label(column.real())));
        shown.put("description", extra.text("description").orElse(column.comment()));
        shown.put("native", List.of());
        shown.put("type", table.extras().declaredType(column).orElseGet(() -> type(table, column)));
        shown.put("db_type", column.type().declared());
        shown.put("length", column.type().length());
        shown.put("precision", column.type().precision());
        shown.put("scale", column.type().scale());
        shown.put("default", column.defaultValue());
        shown.put("required", column.required());
        shown.put("allow_null", column.nullable());
        shown.put("fixed_length", fixedLength(column));
        shown.put("supports_multibyte", declared(column).startsWith("n"));
        shown.put("auto_increment", column.autoIncrement());
        shown.put("is_primary_key", table.inPrimaryKey(column));
        shown.put("is_unique", table.unique(column));
        shown.put("is_index", table.keys().indexed().contains(column.name()));
        shown.put("is_foreign_key", reference.isPresent());
        shown.put("ref_table", reference.map(ForeignKey::target).orElse(null));
        shown.put("ref_field", reference.map(ForeignKey::targetColumn).orElse(null));
        shown.put("ref_on_update", null);
        shown.put("ref_on_delete", null);
        added(shown, extra, false);
        return shown;
    }

    private static String declared(Column column) {
        return column.type().declared().toLowerCase(Locale.ROOT);
    }

    private static boolean fixedLength(Column column) {
        String declared = declared(column);
        return declared.startsWith("char(") || declared.startsWith("character(") || declared.startsWith("binary(");
    }

    /** The simple type, told more exactly where keys and defaults say more. */
    static String type(Table table, Column column) {
        Optional<ForeignKey> reference = table.reference(column);
        String simple = column.type().simple();
        if (column.autoIncrement() && table.inPrimaryKey(column)) {
            return switch (simple) {
                case "bigint" -> "bigid";
                case "smallint" -> "smallid";
                default -> "id";
            };
        }
        if (reference.isPresent() && column.kind().numeric()) {
            return "reference";
        }
        boolean moment = simple.equals("timestamp") || simple.equals("datetime");
        return moment && isClock(column.defaultValue()) ? "timestamp_on_create" : simple;
    }

    private static boolean isClock(@Nullable Object value) {
        String text = String.valueOf(value).toLowerCase(Locale.ROOT);
        return text.startsWith("current_timestamp") || text.equals("now()");
    }

    List<Map<String, @Nullable Object>> related(Table table) {
        return Relation.of(table, database.schema()).stream()
                .map(relation -> relation(table, relation))
                .toList();
    }

    private Map<String, @Nullable Object> relation(Table table, Relation relation) {
        String real = table.extras().realRelation(relation.name());
        Extra extra = table.extras().relation(real);
        String name = extra.text("name").orElse(real);
        @Nullable ForeignKey junction = relation.junction();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("alias", extra.text("alias").orElse(null));
        shown.put("name", name);
        shown.put("label", extra.text("label").orElseGet(() -> Labels.label(name)));
        shown.put("description", extra.value("description"));
        shown.put("native", List.of());
        shown.put("type", relation.type());
        shown.put("field", relation.field());
        shown.put("is_virtual", extra.flag("is_virtual"));
        shown.put("ref_service_id", serviceId);
        shown.put("ref_table", relation.refTable());
        shown.put("ref_field", relation.refField());
        shown.put("ref_on_update", relation.rule().onUpdate());
        shown.put("ref_on_delete", relation.rule().onDelete());
        shown.put("junction_service_id", junction == null ? null : serviceId);
        shown.put("junction_table", junction == null ? null : junction.table());
        shown.put("junction_field", junction == null ? null : junction.column());
        shown.put("junction_ref_field", relation.junctionRefField());
        shown.put("always_fetch", relation.alwaysFetch());
        shown.put("flatten", extra.flag("flatten"));
        shown.put("flatten_drop_prefix", extra.flag("flatten_drop_prefix"));
        return shown;
    }

    /** By the constraint's name. */
    private static Map<String, Object> constraints(Table table) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (!table.keys().primary().isEmpty()) {
            String name = table.keys().primaryName();
            all.put(name, constraint("PRIMARY KEY", name, table, table.keys().primary(), null));
        }
        table.uniqueKeys().forEach((name, columns) -> all.put(name, constraint("UNIQUE", name, table, columns, null)));
        for (ForeignKey key : table.foreignKeys()) {
            all.put(key.constraint(), constraint("FOREIGN KEY", key.constraint(), table, key.columns(), key));
        }
        return all;
    }

    private static Map<String, @Nullable Object> constraint(
            String type, String name, Table table, List<String> columns, @Nullable ForeignKey key) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("constraint_type", type);
        shown.put("constraint_name", name);
        shown.put("table_name", table.id().name());
        shown.put("column_name", oneOrMany(columns));
        shown.put("referenced_table_name", key == null ? null : key.target());
        shown.put("referenced_column_name", key == null ? null : oneOrMany(key.targetColumns()));
        return shown;
    }

    private static Object oneOrMany(List<String> columns) {
        return columns.size() == 1 ? columns.getFirst() : new ArrayList<>(columns);
    }
}
