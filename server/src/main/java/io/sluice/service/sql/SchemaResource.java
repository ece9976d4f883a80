package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code _schema}: describes tables, makes, changes and drops them. */
final class SchemaResource {
    private final Database database;
    private final Listings listings;
    private final TableMaker maker;
    private final FieldResource fields;
    private final RelatedResource related;

    SchemaResource(Database database) {
        this.database = database;
        this.listings = new Listings(database);
        this.maker = new TableMaker(database);
        this.fields = new FieldResource(database, maker);
        this.related = new RelatedResource(database);
    }

    ServiceResult handle(ServiceRequest request) {
        return request.verb() == Verb.GET ? route(request) : database.schema().changing(() -> route(request));
    }

    private ServiceResult route(ServiceRequest request) {
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
            case "_field" -> fields.handle(request, table, request.resource().at(3));
            case "_related" -> related.handle(request, table, request.resource().at(3));
            default -> fields.handle(request, table, request.resource().at(2));
        };
    }

    private Table table(ServiceRequest request) {
        String typed = request.resource().at(1);
        Table table = find(typed).orElseThrow(() -> Schema.missing(typed));
        Access.require(request, "_schema/", typed, table.id());
        return table;
    }

    /** By alias or by the database's own name: definitions that were read come back with that one. */
    private Optional<Table> find(String name) {
        Schema schema = database.schema();
        return schema.find(name).or(() -> schema.findReal(name)).map(id -> schema.table(id.api()));
    }

    private ServiceResult collection(ServiceRequest request) {
        return switch (request.verb()) {
            case GET -> list(request);
            case POST, PUT, PATCH -> each(request);
            case DELETE -> dropAll(request);
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

    /** Each table for itself; an error says which ones came before it. */
    private ServiceResult each(ServiceRequest request) {
        List<String> done = new ArrayList<>();
        for (Map<?, ?> definition : new SchemaBody(request).definitions()) {
            try {
                done.add(put(request, "", SchemaBody.named(definition), definition));
            } catch (ApiException e) {
                throw after(e, done);
            }
        }
        return ServiceResult.list(
                done.stream().map(name -> Map.of("name", name)).toList());
    }

    private ServiceResult table(ServiceRequest request, String typed) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(described(request, table(request)));
            case POST, PUT, PATCH ->
                ServiceResult.ok(Map.of("name", put(request, typed, typed, new SchemaBody(request).definition())));
            case DELETE -> {
                maker.drop(table(request));
                yield ServiceResult.success();
            }
        };
    }

    /** Makes or changes one table. POST leaves one that is there as it is, unless it is told to look. */
    private String put(ServiceRequest request, String typed, String name, Map<?, ?> definition) {
        Optional<Table> known = find(name);
        boolean make = request.verb() == Verb.POST;
        if (known.isEmpty()) {
            if (!make) {
                throw Schema.missing(name);
            }
            maker.make(name, definition);
            return database.schema().findReal(name).map(TableName::api).orElse(name);
        }
        Access.require(request, "_schema/", typed, known.get().id());
        if (!make || request.parameters().flag("check_exist")) {
            maker.change(known.get(), definition, request.verb() == Verb.PUT);
        }
        return find(known.get().id().real()).map(Table::name).orElse(name);
    }

    private ServiceResult dropAll(ServiceRequest request) {
        List<String> names = new SchemaBody(request).names();
        if (names.isEmpty()) {
            throw ApiException.badRequest("No tables given for delete request: name them in 'ids' or in the body.");
        }
        List<Table> tables = names.stream()
                .map(name -> find(name).orElseThrow(() -> Schema.missing(name)))
                .toList();
        tables.forEach(table -> Access.require(request, "_schema/", "", table.id()));
        List<String> done = new ArrayList<>();
        for (Table table : tables) {
            try {
                maker.drop(table);
                done.add(table.name());
            } catch (ApiException e) {
                throw after(e, done);
            }
        }
        return ServiceResult.list(
                done.stream().map(name -> Map.of("name", name)).toList());
    }

    /** Lists of parts are shown in full unless fields are chosen. */
    static Parameters withAllFields(ServiceRequest request) {
        return request.parameters()
                .orElse(Map.of("fields", request.parameters().text("select").orElse("*")));
    }

    private static ApiException after(ApiException failed, List<String> done) {
        ApiError error = failed.error();
        String message = error.message() + " Done before it: " + String.join(", ", done) + ".";
        return done.isEmpty()
                ? failed
                : new ApiException(new ApiError(error.status(), error.code(), message, error.context()), failed);
    }
}
