package io.sluice.service.system;

import io.sluice.api.Verb;
import io.sluice.service.Catalogue.Endpoint;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the operations on our own records take and give, in general terms. */
final class RecordOperations {
    private static final Map<String, Object> RECORD = Map.of("type", "object");
    private static final Parameter FIELDS =
            Parameter.query("fields", Shape.TEXT, "Comma list of fields; * (all) by default.");
    private static final Parameter RELATED =
            Parameter.query("related", Shape.TEXT, "Comma list of relations to tell with each record; * for all.");
    private static final Parameter IDS = Parameter.query("ids", Shape.TEXT, "Comma list of identifiers.");
    private static final List<Parameter> LIST = List.of(
            FIELDS,
            RELATED,
            IDS,
            Parameter.query("filter", Shape.TEXT, "Which records: field, operator, value, joined by AND and OR."),
            Parameter.query("limit", Shape.WHOLE, "Records at most; all of them by default."),
            Parameter.query("offset", Shape.WHOLE, "Records to leave out at the front. Default: 0."),
            Parameter.query("order", Shape.TEXT, "Comma list of fields, each followed by asc or desc. Default: id."),
            Parameter.query("include_count", Shape.FLAG, "Tell in meta.count how many records fit. Default: false."),
            Parameter.query("as_list", Shape.FLAG, "Identifiers alone. Default: false."));

    private RecordOperations() {}

    static Stream<Operation> of(Endpoint endpoint, String key) {
        return endpoint.verbs().stream()
                .map(verb ->
                        endpoint.path().endsWith("}") ? one(verb, endpoint.path(), key) : many(verb, endpoint.path()));
    }

    private static Operation many(Verb verb, String path) {
        Operation operation = Operation.of(verb, "/" + path, path, words(verb) + " records of '" + path + "'");
        Data records = Data.json(
                "The records.", Shape.anyOf(List.of(Shape.resource(RECORD), Shape.resource(Shape.ANY), Shape.WHOLE)));
        return switch (verb) {
            case GET -> operation.with(LIST).giving(200, records);
            case POST ->
                operation
                        .with(FIELDS, RELATED)
                        .taking(body())
                        .giving(201, records)
                        .asBatch();
            case PUT, PATCH ->
                operation
                        .with(FIELDS, RELATED, IDS)
                        .taking(body())
                        .giving(200, records)
                        .asBatch();
            case DELETE ->
                operation.with(FIELDS, RELATED, IDS).giving(200, records).asBatch();
        };
    }

    private static Operation one(Verb verb, String path, String key) {
        Operation operation = Operation.of(verb, "/" + path, path, words(verb) + " one record of '" + path + "'")
                .with(FIELDS, RELATED)
                .with(Parameter.path(key, key.equals("id") ? Shape.WHOLE : Shape.TEXT, "The record's " + key + "."))
                .giving(200, Data.json("The record.", RECORD));
        return verb == Verb.PUT || verb == Verb.PATCH
                ? operation.taking(Data.json("The fields to change.", RECORD))
                : operation;
    }

    private static Data body() {
        return Data.json(
                "Records in the wrapper, or a list of them.",
                Shape.anyOf(List.of(Shape.object(Map.of("resource", Shape.ANY)), Shape.list(RECORD))));
    }

    private static String words(Verb verb) {
        return switch (verb) {
            case GET -> "Read";
            case POST -> "Create";
            case PUT, PATCH -> "Change";
            case DELETE -> "Delete";
        };
    }
}
