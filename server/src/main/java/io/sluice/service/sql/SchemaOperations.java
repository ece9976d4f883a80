package io.sluice.service.sql;

import io.sluice.api.Verb;
import io.sluice.service.Catalogue.Endpoint;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can be done with tables, fields, relations and routines, in general terms. */
final class SchemaOperations {
    private static final Map<String, String> WORKS_ON = Map.of(
            "", "resources",
            "_table", "tables",
            "_schema", "definitions of tables",
            "_schema/{table_name}", "the definition of a table",
            "_schema/{table_name}/_field", "fields of a table",
            "_schema/{table_name}/_field/{field_name}", "a field of a table",
            "_schema/{table_name}/_related", "relations of a table",
            "_schema/{table_name}/_related/{relationship_name}", "a relation of a table",
            "_proc", "procedures",
            "_func", "functions");

    private SchemaOperations() {}

    static Stream<Operation> of(Endpoint endpoint) {
        return endpoint.verbs().stream().map(verb -> operation(verb, endpoint.path()));
    }

    private static Operation operation(Verb verb, String path) {
        Operation operation =
                Operation.of(verb, "/" + path, name(path), summary(verb, path)).with(placeholders(path));
        if (isCall(path)) {
            return call(operation);
        }
        Operation answered = operation.giving(200, answer(path));
        return switch (verb) {
            case GET -> answered.with(lists(path));
            case DELETE -> answered;
            case POST, PUT, PATCH -> answered.taking(Data.json("The definition, or a list of them.", definition()));
        };
    }

    private static boolean isCall(String path) {
        return path.startsWith("_proc/") || path.startsWith("_func/");
    }

    private static Operation call(Operation operation) {
        Operation called = operation
                .saying("Arguments come from the body's params, or from query parameters of their names.")
                .giving(200, Data.json("What it gives: rows, values or both.", Shape.ANY));
        return operation.verb() == Verb.GET
                ? called
                : called.taking(Data.json("The arguments.", Shape.object(Map.of("params", Shape.ANY))));
    }

    private static String summary(Verb verb, String path) {
        String what = WORKS_ON.getOrDefault(path, path.startsWith("_proc") ? "a procedure" : "a function");
        if (isCall(path)) {
            return "Call " + what;
        }
        return switch (verb) {
            case GET -> (path.endsWith("}") ? "Read " : "List ") + what;
            case POST -> "Create " + what;
            case PUT -> "Replace " + what;
            case PATCH -> "Change " + what;
            case DELETE -> "Delete " + what;
        };
    }

    /** {@code _schema/{table_name}/_field} → {@code Schema Table Field}. */
    private static String name(String path) {
        return path.isEmpty()
                ? "Resources"
                : path.replace("_table", "Tables").replace("{Tables", "{table").replace("_", " ");
    }

    private static List<Parameter> placeholders(String path) {
        return Stream.of(path.split("/"))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .map(name -> Parameter.path(name, Shape.TEXT, "The " + name.replace('_', ' ') + ", in any case."))
                .toList();
    }

    private static List<Parameter> lists(String path) {
        Parameter refresh = Parameter.query("refresh", Shape.FLAG, "Read the database's schema anew. Default: false.");
        return path.endsWith("}")
                ? List.of(refresh)
                : List.of(
                        Parameter.query("as_list", Shape.FLAG, "Names alone. Default: false."),
                        Parameter.query(
                                "fields", Shape.TEXT, "Comma list of what to tell; * for all, names alone by default."),
                        refresh);
    }

    private static Data answer(String path) {
        return path.endsWith("}")
                ? Data.json("The definition, its name, or success.", Shape.ref("TableDefinition"))
                : Data.json(
                        "What there is.",
                        Shape.anyOf(List.of(
                                Shape.ref("ResourceList"),
                                Shape.resource(Shape.ref("TableDefinition")),
                                Shape.ref("Success"))));
    }

    private static Map<String, Object> definition() {
        return Shape.anyOf(List.of(Shape.ref("TableDefinition"), Shape.resource(Shape.ref("TableDefinition"))));
    }

    /** Tables, fields and relations share what matters here; {@code _schema} itself tells all. */
    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", Shape.TEXT);
        properties.put("label", Map.of("type", List.of("string", "null")));
        properties.put("description", Map.of("type", List.of("string", "null")));
        properties.put(
                "type",
                Shape.said(Shape.TEXT, "Of a field: string, integer, id, reference, …; of a relation: has_many, …"));
        properties.put("field", Shape.said(Shape.ANY, "Of a table: its fields; of a relation: its own field."));
        properties.put("related", Shape.said(Shape.list(Map.of("type", "object")), "Of a table: its relations."));
        return Shape.object(properties);
    }
}
