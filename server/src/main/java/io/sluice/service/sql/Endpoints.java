package io.sluice.service.sql;

import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Catalogue.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What can be called on a database. */
final class Endpoints {
    private static final List<Verb> ALL = List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH, Verb.DELETE);
    private static final List<Verb> ONE = List.of(Verb.GET, Verb.PUT, Verb.PATCH, Verb.DELETE);
    private static final List<Verb> READ = List.of(Verb.GET);
    private static final List<Verb> CALL = List.of(Verb.GET, Verb.POST);

    private final Database database;
    private final Routines routines;

    Endpoints(Database database, Routines routines) {
        this.database = database;
        this.routines = routines;
    }

    Catalogue catalogue() {
        Map<String, Supplier<List<String>>> tables = Map.of("table_name", this::tableNames);
        List<Endpoint> all = new ArrayList<>(List.of(new Endpoint("", READ)));
        if (database.dialect().routines()) {
            all.addAll(List.of(
                    new Endpoint("_func", READ),
                    new Endpoint("_func/{function_name}", CALL, Map.of("function_name", () -> names(true))),
                    new Endpoint("_proc", READ),
                    new Endpoint("_proc/{procedure_name}", CALL, Map.of("procedure_name", () -> names(false)))));
        }
        all.addAll(List.of(
                new Endpoint("_schema", ALL),
                new Endpoint("_schema/{table_name}", ALL, tables),
                new Endpoint("_schema/{table_name}/_field", ALL, tables),
                new Endpoint("_schema/{table_name}/_field/{field_name}", ALL, tables),
                new Endpoint("_schema/{table_name}/_related", ALL, tables),
                new Endpoint("_schema/{table_name}/_related/{relationship_name}", ALL, tables),
                new Endpoint("_table", READ),
                new Endpoint("_table/{table_name}", ALL, tables),
                new Endpoint("_table/{table_name}/{id}", ONE, tables)));
        return new Catalogue(all);
    }

    private List<String> names(boolean functions) {
        return routines.list(functions).stream().map(Routine::api).distinct().toList();
    }

    private List<String> tableNames() {
        return database.schema().list().stream().map(TableName::api).toList();
    }
}
