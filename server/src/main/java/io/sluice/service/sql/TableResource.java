package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;

/** {@code _table} and what is below it. */
final class TableResource {
    private final Database database;
    private final TableCall.Limits limits;
    private final Listings listings;

    TableResource(Database database, TableCall.Limits limits) {
        this.database = database;
        this.limits = limits;
        this.listings = new Listings(database);
    }

    ServiceResult handle(ServiceRequest request) {
        return switch (request.resource().size()) {
            case 1 -> listings.tables(request, "_table");
            case 2, 3 -> onTable(request);
            default ->
                throw ApiException.notFound("Resource '" + request.resource().text() + "' not found for service '"
                        + request.service() + "'.");
        };
    }

    private ServiceResult onTable(ServiceRequest request) {
        Table table = database.schema().table(request.resource().at(1));
        Access.require(request, "_table/", request.resource().at(1), table.id());
        TableCall call = TableCall.of(database, limits, request, table);
        return request.resource().size() == 2
                ? collection(call)
                : record(call, request.resource().at(2));
    }

    private static ServiceResult collection(TableCall call) {
        return switch (call.verb()) {
            case GET -> new Reads(call).many();
            case POST -> new Writes(call).create();
            case PUT, PATCH -> new Writes(call).updateMany();
            case DELETE -> new Deletes(call).many();
        };
    }

    private static ServiceResult record(TableCall call, String id) {
        if (call.verb() == Verb.POST) {
            throw ApiException.badRequest("Create record by identifier not currently supported.");
        }
        return switch (call.verb()) {
            case GET, POST -> new Reads(call).one(id);
            case PUT, PATCH -> new Writes(call).updateOne(id);
            case DELETE -> new Deletes(call).one(id);
        };
    }
}
