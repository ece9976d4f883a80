package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code _schema}: describes tables, makes and drops them, adds and drops fields. */
final class SchemaResource {
    private final Database database;
    private final Listings listings;
    private final TableMaker maker;

    SchemaResource(Database database) {
        this.database = database;
        this.listings = new Listings(database);
        this.maker = new TableMaker(database);
    }

    ServiceResult handle(ServiceRequest request) {
        int depth = request.resource().size();
        if (depth == 1) {
            return collection(request);
        }
        String typed = request.resource().at(1);
        if (depth == 2) {
            return table(request, typed);
        }
        Table table = table(request);
        return switch (request.resource().at(2)) {
            case "_field" -> fields(request, table, request.resource().at(3));
            case "_related" -> related(request, table, request.resource().at(3));
            default -> fields(request, table, request.resource().at(2));
        };
    }

    private Table table(ServiceRequest request) {
        String typed = request.resource().at(1);
        Table table = database.schema().table(typed);
        Access.require(request, "_schema/", typed, table.name());
        return table;
    }

    private ServiceResult collection(ServiceRequest request) {
        return switch (request.verb()) {
            case GET -> list(request);
            case POST ->
                ServiceResult.list(definitions(request).stream()
                        .map(definition -> Map.of("name", maker.make(named(definition), definition)))
                        .toList());
            case PUT, PATCH -> throw notYet("Changing a table's definition");
            case DELETE -> throw Unsupported.verb(request, "_schema");
        };
    }

    private ServiceResult list(ServiceRequest request) {
        Optional<String> ids = request.parameters().text("ids");
        boolean all = request.parameters()
                .text("fields", "select")
                .filter("*"::equals)
                .isPresent();
        if (ids.isEmpty() && !all) {
            return listings.tables(request, "_schema");
        }
        List<String> names = ids.map(text -> List.of(text.split(",", -1)))
                .orElseGet(() ->
                        database.schema().list().stream().map(TableName::api).toList());
        return ServiceResult.list(names.stream()
                .map(String::strip)
                .map(name -> database.schema().table(name))
                .filter(table -> request.rights().mask("_schema/" + table.name()) != 0)
                .map(table -> described(request, table))
                .toList());
    }

    private Map<String, @Nullable Object> described(ServiceRequest request, Table table) {
        Map<String, @Nullable Object> shown = new Describe(database).table(table);
        shown.put("access", request.rights().mask("_schema/" + table.name()));
        return shown;
    }

    private ServiceResult table(ServiceRequest request, String typed) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(described(request, table(request)));
            case POST -> ServiceResult.ok(Map.of("name", maker.make(typed, body(request))));
            case DELETE -> {
                maker.drop(table(request));
                yield ServiceResult.success();
            }
            case PUT, PATCH -> throw notYet("Changing a table's definition");
        };
    }

    private ServiceResult fields(ServiceRequest request, Table table, String name) {
        if (name.isEmpty() && request.verb() == Verb.POST) {
            return ServiceResult.list(definitions(request).stream()
                    .map(definition -> Map.of("name", maker.addField(table, definition)))
                    .toList());
        }
        if (name.isEmpty()) {
            requireGet(request, "_field");
            return Listings.of(new Describe(database).fields(table), withAllFields(request));
        }
        Column column = table.column(name)
                .orElseThrow(() ->
                        ApiException.notFound("Field '" + name + "' does not exist in table '" + table.name() + "'."));
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(new Describe(database).field(table, column));
            case DELETE -> {
                maker.dropField(table, column);
                yield ServiceResult.success();
            }
            case POST, PUT, PATCH -> throw notYet("Changing a field's definition");
        };
    }

    private ServiceResult related(ServiceRequest request, Table table, String name) {
        requireGet(request, "_related");
        List<Map<String, @Nullable Object>> all = new Describe(database).related(table);
        if (name.isEmpty()) {
            return Listings.of(all, withAllFields(request));
        }
        return ServiceResult.ok(all.stream()
                .filter(relation -> name.equalsIgnoreCase(String.valueOf(relation.get("name"))))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "Relationship '" + name + "' does not exist for table '" + table.name() + "'.")));
    }

    /** Lists of parts are shown in full unless fields are chosen. */
    private static Parameters withAllFields(ServiceRequest request) {
        return request.parameters()
                .orElse(Map.of("fields", request.parameters().text("select").orElse("*")));
    }

    private static void requireGet(ServiceRequest request, String resource) {
        switch (request.verb()) {
            case GET -> {}
            case POST, PUT, PATCH -> throw notYet("Changing " + resource);
            case DELETE -> throw Unsupported.verb(request, resource);
        }
    }

    private static ApiException notYet(String what) {
        return ApiException.notImplemented(
                what + " through the API is not supported; change it in the database and call with refresh=true.");
    }

    private static Map<?, ?> body(ServiceRequest request) {
        return definitions(request).getFirst();
    }

    private static List<Map<?, ?>> definitions(ServiceRequest request) {
        @Nullable Object payload = request.body().isEmpty() ? null : request.payload();
        @Nullable
        Object given = payload instanceof Map<?, ?> map && map.containsKey("resource") ? map.get("resource") : payload;
        List<Map<?, ?>> definitions = new ArrayList<>();
        for (Object each : given instanceof List<?> list ? list : given == null ? List.of() : List.of(given)) {
            if (each instanceof Map<?, ?> definition) {
                definitions.add(new LinkedHashMap<>(definition));
            }
        }
        if (definitions.isEmpty()) {
            throw ApiException.badRequest(
                    "No definition in the request. Example: {\"resource\":[{\"name\":\"contact\",\"field\":[…]}]}");
        }
        return definitions;
    }

    private static String named(Map<?, ?> definition) {
        @Nullable Object name = definition.get("name");
        if (name == null) {
            throw ApiException.badRequest("A definition has no 'name'.");
        }
        return String.valueOf(name);
    }
}
