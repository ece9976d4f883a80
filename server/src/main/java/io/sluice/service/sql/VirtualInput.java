package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A virtual relation as callers define it: checked against the schema, kept in the database's own names. */
final class VirtualInput {
    private static final List<String> TYPES = List.of("belongs_to", "has_one", "has_many", "many_many");

    private final Database database;
    private final Table table;
    private final Map<?, ?> given;

    VirtualInput(Database database, Table table, Map<?, ?> given) {
        this.database = database;
        this.table = table;
        this.given = given;
    }

    Entry entry(Extra old) {
        if (!FieldDefinition.flag(given, "is_virtual") && old == Extra.NONE) {
            throw ApiException.badRequest(
                    "Relations come from foreign keys. To make another one, send is_virtual=true.");
        }
        requireOwnService("ref_service_id");
        requireOwnService("junction_service_id");
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("is_virtual", true);
        String type = required("type", old);
        if (!TYPES.contains(type)) {
            throw ApiException.badRequest("The type of a relation is one of " + String.join(", ", TYPES) + ".");
        }
        kept.put("type", type);
        kept.put("field", column(table, required("field", old)).real());
        Table target = table(required("ref_table", old));
        kept.put("ref_table", target.id().real());
        kept.put("ref_field", column(target, required("ref_field", old)).real());
        String between = "";
        if (type.equals("many_many")) {
            Table junction = table(required("junction_table", old));
            kept.put("junction_table", junction.id().real());
            kept.put(
                    "junction_field",
                    column(junction, required("junction_field", old)).real());
            kept.put(
                    "junction_ref_field",
                    column(junction, required("junction_ref_field", old)).real());
            between = junction.name();
        }
        String name = old.text("name")
                .or(() -> text("name").map(TableMaker::checked))
                .orElse(name(type, target, between, old));
        kept.put("name", name);
        Entry entry = ExtraInput.relation(table.id().real(), name, given, habits(old));
        Map<String, @Nullable Object> all = new LinkedHashMap<>(entry.settings());
        all.putAll(kept);
        return new Entry(entry.kind(), entry.table(), entry.name(), all);
    }

    /** As relations of real keys are named. */
    private String name(String type, Table target, String between, Extra old) {
        return switch (type) {
            case "belongs_to" -> target.name() + "_by_" + required("field", old);
            case "many_many" -> target.name() + "_by_" + between;
            default -> target.name() + "_by_" + required("ref_field", old);
        };
    }

    /** What was kept beside the shape. */
    private static Extra habits(Extra old) {
        Map<String, @Nullable Object> habits = new LinkedHashMap<>(old.values());
        for (String shape : List.of("type", "field", "ref_table", "ref_field", "name", "is_virtual")) {
            habits.remove(shape);
        }
        return new Extra(habits);
    }

    private void requireOwnService(String key) {
        Optional<String> service = text(key);
        if (service.isPresent() && !service.get().equals(Long.toString(database.serviceId()))) {
            throw ApiException.notImplemented("'" + key + "' names another service. "
                    + "Relations across services are not supported; both tables must be of this one.");
        }
    }

    private Optional<String> text(String key) {
        return FieldDefinition.text(given, key);
    }

    private String required(String key, Extra old) {
        return text(key)
                .or(() -> old.text(key))
                .orElseThrow(() -> ApiException.badRequest("A virtual relation needs '" + key + "'."));
    }

    private Table table(String name) {
        Schema schema = database.schema();
        return schema.find(name)
                .or(() -> schema.findReal(name))
                .map(id -> schema.table(id.api()))
                .orElseThrow(() -> ApiException.badRequest("Table '" + name + "' of the relation does not exist."));
    }

    private static Column column(Table of, String name) {
        return FieldMaker.column(of, name)
                .orElseThrow(() -> ApiException.badRequest(
                        "Field '" + name + "' of the relation does not exist in table '" + of.name() + "'."));
    }
}
