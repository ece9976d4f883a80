package io.sluice.service.sql;

import io.sluice.service.Catalogue.Endpoint;
import io.sluice.service.Described.Description;
import io.sluice.service.Described.Scope;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a database's operations take and give. Asks the database for its tables, when they are wanted one by one. */
final class Documentation {
    /** More tables than anybody reads, and than a browser shows; those beyond are told in general terms. */
    private static final int MOST_TABLES = 500;

    private final Database database;
    private final Routines routines;
    private final Scope scope;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Map<String, ?>> schemas = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    private Documentation(Database database, Routines routines, Scope scope) {
        this.database = database;
        this.routines = routines;
        this.scope = scope;
    }

    static Description of(Database database, Routines routines, Scope scope) {
        return new Documentation(database, routines, scope).made();
    }

    private Description made() {
        schemas.put("TableDefinition", SchemaOperations.schema());
        for (Endpoint endpoint : new Endpoints(database, routines).catalogue().endpoints()) {
            switch (endpoint.path()) {
                case "_table/{table_name}" -> records();
                case "_table/{table_name}/{id}" -> {} // told with its table
                default -> SchemaOperations.of(endpoint).forEach(operations::add);
            }
        }
        return new Description(operations, schemas);
    }

    private void records() {
        List<TableName> tables = scope.expand() ? tables() : List.of();
        tables.stream()
                .limit(MOST_TABLES)
                .map(name -> database.schema().table(name.api()))
                .forEach(this::table);
        if (!scope.expand() || tables.size() > MOST_TABLES) {
            operations.addAll(general().all());
        }
    }

    /** A table that the reader may do nothing with is not told. */
    private List<TableName> tables() {
        return database.schema().list().stream()
                .filter(name -> scope.rights().mask("_table/" + name.api()) != 0
                        || scope.rights().mask("_table/" + name.api() + "/any") != 0)
                .toList();
    }

    private static RecordOperations general() {
        Map<String, Object> any = Map.of("type", "object");
        return new RecordOperations(
                "/_table/{table_name}",
                "Records",
                "records of a table",
                List.of(Parameter.path("table_name", Shape.TEXT, "The table, in any case.")),
                Parameter.path("id", Shape.TEXT, "The record's identifier."),
                any,
                any,
                Map.of());
    }

    private void table(Table table) {
        String record = free(scope.service() + "." + table.name());
        RecordShape shape = new RecordShape(table);
        schemas.put(record, shape.record());
        schemas.put(record + "-new", RecordShape.creation(record, table));
        List<Operation> all = new RecordOperations(
                        "/_table/" + table.name(),
                        table.name(),
                        "records of '" + table.name() + "'",
                        List.of(),
                        id(table),
                        Shape.ref(record),
                        Shape.ref(record + "-new"),
                        shape.example())
                .all();
        all.stream()
                .filter(operation ->
                        !table.primaryKey().isEmpty() || !operation.path().endsWith("}"))
                .forEach(operations::add);
    }

    /** Names of schemas have few characters; two tables may come out alike. */
    private String free(String wanted) {
        String plain = wanted.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = plain;
        for (int i = 2; !names.add(name); i++) {
            name = plain + "-" + i;
        }
        return name;
    }

    private static Parameter id(Table table) {
        List<Column> key = table.primaryKey();
        boolean number = key.size() == 1 && key.getFirst().kind().numeric();
        String fields = String.join(", ", key.stream().map(Column::name).toList());
        Parameter id =
                Parameter.path("id", number ? Shape.WHOLE : Shape.TEXT, "The record's identifier: " + fields + ".");
        return number ? id.such(1) : id;
    }
}
