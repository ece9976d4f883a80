package io.sluice.service.sql;

import static io.sluice.api.Verb.DELETE;
import static io.sluice.api.Verb.GET;
import static io.sluice.api.Verb.PATCH;
import static io.sluice.api.Verb.POST;
import static io.sluice.api.Verb.PUT;

import io.sluice.api.Verb;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can be done with the records of one table, or of any.
 *
 * @param path {@code /_table/orders}
 * @param name for identifiers of operations: {@code Orders}
 * @param what for people: {@code records of 'orders'}
 * @param place parameters of the path
 * @param record the schema of a record, and {@code creation} of one that can be created
 * @param example of a record, empty when there is none
 */
record RecordOperations(
        String path,
        String name,
        String what,
        List<Parameter> place,
        Parameter id,
        Map<String, Object> record,
        Map<String, Object> creation,
        Map<String, Object> example) {
    private static final String[] FORMS = {"application/xml", "text/csv"};
    private static final String NDJSON = "application/x-ndjson";

    List<Operation> all() {
        return Stream.concat(many().stream(), one().stream())
                .map(operation -> operation.with(place))
                .toList();
    }

    private List<Operation> many() {
        return List.of(
                Operation.of(GET, path, name, "Read " + what)
                        .saying(
                                "Records that fit the filter, a page at a time; without limit as many as the service gives.")
                        .with(RecordParameters.list())
                        .giving(200, new Data("The records.", forms(NDJSON), listed(), null)),
                Operation.of(POST, path, name, "Create " + what)
                        .with(RecordParameters.create())
                        .taking(records(creation, example))
                        .giving(200, written("The identifiers of the new records."))
                        .asBatch(),
                change(PUT),
                change(PATCH),
                Operation.of(DELETE, path, name, "Delete " + what)
                        .saying("Those of ids, of the body or of the filter; with force all of them.")
                        .with(RecordParameters.delete())
                        .giving(200, written("The identifiers of the records that are gone."))
                        .asBatch());
    }

    private Operation change(Verb verb) {
        return Operation.of(verb, path, name, "Change " + what)
                .saying(
                        "The fields that are given, of the records that the body identifies, or of those of ids or filter."
                                + " PUT and PATCH do the same.")
                .with(RecordParameters.change())
                .taking(records(record, Map.of()))
                .giving(200, written("The identifiers of the changed records."))
                .asBatch();
    }

    private List<Operation> one() {
        String below = path + "/{" + id.name() + "}";
        Data single = Data.json("The record.", record).also(FORMS);
        List<Operation> operations = new ArrayList<>();
        operations.add(Operation.of(GET, below, name + "ById", "Read one of the " + what)
                .with(RecordParameters.one())
                .giving(200, single));
        for (Verb verb : List.of(PUT, PATCH)) {
            operations.add(Operation.of(verb, below, name + "ById", "Change one of the " + what)
                    .with(RecordParameters.one())
                    .taking(Data.json("The fields to change.", record).also(FORMS))
                    .giving(200, single));
        }
        operations.add(Operation.of(DELETE, below, name + "ById", "Delete one of the " + what)
                .with(RecordParameters.one())
                .giving(200, single));
        return operations.stream().map(operation -> operation.with(id)).toList();
    }

    private static List<String> forms(String... more) {
        return Data.json("", Shape.ANY).also(FORMS).also(more).mediaTypes();
    }

    private Map<String, Object> listed() {
        return Shape.anyOf(List.of(
                Shape.resource(record),
                Shape.said(Shape.WHOLE, "With count_only."),
                Shape.said(Shape.resource(Shape.ANY), "With as_list.")));
    }

    private Data written(String text) {
        return Data.json(text, Shape.anyOf(List.of(Shape.resource(record), Shape.ref("Success"))))
                .also(FORMS);
    }

    private static Data records(Map<String, Object> each, Map<String, Object> example) {
        Data body = new Data("Records in the wrapper, or a list of them.", forms(NDJSON), wrapped(each), null);
        return example.isEmpty() ? body : body.such(Map.of("resource", List.of(example)));
    }

    private static Map<String, Object> wrapped(Map<String, Object> each) {
        Map<String, Object> wrapper = Shape.object(Map.of("resource", Shape.list(each)));
        wrapper.put("required", List.of("resource"));
        return Shape.anyOf(List.of(wrapper, Shape.list(each)));
    }
}
