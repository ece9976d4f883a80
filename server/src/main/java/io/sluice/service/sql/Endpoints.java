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

    Endpoints(Database database) {
        this.database = database;
    }

    Catalogue catalogue() {
        Map<String, Supplier<List<String>>> tables = Map.of("table_name", this::tableNames);
        List<Endpoint> all = new ArrayList<>(List.of(
                new Endpoint("", READ),
                new Endpoint("_table", READ),
                new Endpoint("_table/{table_name}", ALL, tables),
                new Endpoint("_table/{table_name}/{id}", ONE, tables),
                new Endpoint("_schema", List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH)),
                new Endpoint("_schema/{table_name}", ALL, tables),
                new Endpoint("_schema/{table_name}/_field", ALL, tables),
                new Endpoint("_schema/{table_name}/_field/{field_name}", ONE, tables),
                new Endpoint("_schema/{table_name}/_related", ALL, tables),
                new Endpoint("_schema/{table_name}/_related/{relationship_name}", ONE, tables)));
        if (database.dialect().routines()) {
            all.addAll(List.of(
                    new Endpoint("_proc", READ),
                    new Endpoint("_proc/{procedure_name}", CALL),
                    new Endpoint("_func", READ),
                    new Endpoint("_func/{function_name}", CALL)));
        }
        return new Catalogue(all);
    }

    private List<String> tableNames() {
        return database.schema().list().stream().map(TableName::api).toList();
    }
}
