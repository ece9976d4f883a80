package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code _schema/{t}/_field}: shows, adds, changes and drops fields. */
final class FieldResource {
    private final Database database;
    private final TableMaker maker;

    FieldResource(Database database, TableMaker maker) {
        this.database = database;
        this.maker = maker;
    }

    ServiceResult handle(ServiceRequest request, Table table, String name) {
        return name.isEmpty() ? all(request, table) : one(request, table, name);
    }

    private ServiceResult all(ServiceRequest request, Table table) {
        SchemaBody body = new SchemaBody(request);
        return switch (request.verb()) {
            case GET -> list(request, table);
            case POST, PUT, PATCH -> {
                List<Map<?, ?>> fields = body.definitions();
                refuseKnown(request, table, fields);
                maker.fields(table, fields);
                yield names(fields.stream().map(SchemaBody::named).toList());
            }
            case DELETE -> {
                List<String> names = body.names();
                if (names.isEmpty()) {
                    throw ApiException.badRequest(
                            "No fields given for delete request: name them in 'ids' or in the body.");
                }
                maker.dropFields(table, names);
                yield names(names);
            }
        };
    }

    private static ServiceResult names(List<String> names) {
        return ServiceResult.list(
                names.stream().map(name -> Map.of("name", name)).toList());
    }

    private ServiceResult list(ServiceRequest request, Table table) {
        List<String> wanted = new SchemaBody(request).names();
        List<Map<String, @Nullable Object>> shown = wanted.isEmpty()
                ? new Describe(database).fields(table)
                : wanted.stream().map(name -> shown(table, name)).toList();
        return Listings.of(shown, SchemaResource.withAllFields(request));
    }

    private Map<String, @Nullable Object> shown(Table table, String name) {
        Optional<Column> column = FieldMaker.column(table, name);
        return column.isPresent()
                ? new Describe(database).field(table, column.get())
                : FieldMaker.virtual(table, name)
                        .map(each -> Describe.virtualField(each.getKey(), each.getValue()))
                        .orElseThrow(() -> FieldMaker.missing(table, name));
    }

    private ServiceResult one(ServiceRequest request, Table table, String name) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(shown(table, name));
            case POST, PUT, PATCH -> {
                boolean known = FieldMaker.column(table, name).isPresent()
                        || FieldMaker.virtual(table, name).isPresent();
                if (!known && request.verb() != Verb.POST) {
                    throw FieldMaker.missing(table, name);
                }
                List<Map<?, ?>> field = List.of(SchemaBody.named(name, new SchemaBody(request).definition()));
                refuseKnown(request, table, field);
                maker.fields(table, field);
                yield ServiceResult.ok(Map.of("name", name));
            }
            case DELETE -> {
                maker.dropFields(table, List.of(name));
                yield ServiceResult.success();
            }
        };
    }

    private static void refuseKnown(ServiceRequest request, Table table, List<Map<?, ?>> fields) {
        if (request.verb() != Verb.POST || request.parameters().flag("check_exist")) {
            return;
        }
        for (Map<?, ?> field : fields) {
            String name = FieldDefinition.name(field);
            if (FieldMaker.column(table, name).isPresent()) {
                throw ApiException.badRequest("Field '" + name + "' already exists in table '" + table.name() + "'.");
            }
        }
    }
}
