package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import io.sluice.api.filter.FilterParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call on one table: what was asked for, with options of the query before those of the body.
 *
 * @param payload the decoded body, null when there is none
 * @param rule the row rule of the caller's role for this verb, as a condition
 */
record TableCall(
        Database database,
        Limits limits,
        ServiceRequest request,
        Table table,
        Parameters options,
        @Nullable Object payload,
        Optional<RowRule> roleRule,
        Optional<Sql> rule) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Set<String> BODY_OPTIONS = Set.of(
            "fields",
            "select",
            "ids",
            "filter",
            "where",
            "limit",
            "top",
            "offset",
            "skip",
            "order",
            "sort",
            "order_by",
            "group",
            "group_by",
            "count_only",
            "include_count",
            "include_schema",
            "params",
            "continue",
            "rollback",
            "id_field",
            "as_list",
            "distinct",
            "force",
            "related",
            "allow_related_delete");

    /**
     * The service's own limits.
     *
     * @param most records in an answer that is nothing but records, and streams
     */
    record Limits(int most, boolean upsert) {
        /** Records that are in memory at once, such as those that one filter changes or deletes. */
        static final int MOST_LISTED = 100_000;

        /** Records in any other answer, and identifiers of a read. */
        int maxRecords() {
            return Math.min(most, MOST_LISTED);
        }
    }

    static TableCall of(Database database, Limits limits, ServiceRequest request, Table table) {
        boolean single = request.resource().size() > 2;
        @Nullable Object payload = request.body().isEmpty() ? null : request.payload();
        Relations relations = new Relations(database, request);
        return new TableCall(
                database,
                limits,
                request,
                table,
                options(request, payload, single),
                payload,
                relations.rows(request.verb(), table),
                relations.rule(request.verb(), table));
    }

    /** A body that is itself a record holds no options. */
    private static Parameters options(ServiceRequest request, @Nullable Object payload, boolean single) {
        if (!(payload instanceof Map<?, ?> body)) {
            return request.parameters();
        }
        boolean record =
                request.verb() != Verb.GET && !body.containsKey("resource") && (single || request.verb() == Verb.POST);
        if (record) {
            return request.parameters();
        }
        Map<String, Object> options = new HashMap<>();
        body.forEach((name, value) -> {
            String option = String.valueOf(name);
            if (value != null && (BODY_OPTIONS.contains(option) || RelatedPlan.isOption(option))) {
                options.put(option, value);
            }
        });
        return options.isEmpty() ? request.parameters() : request.parameters().orElse(options);
    }

    Verb verb() {
        return request.verb();
    }

    Fields fields() {
        return new Fields(table, database.dialect());
    }

    /** What {@code fields} asks for; {@code otherwise} when it is absent, the identifying fields when it is empty. */
    Projection projection(String otherwise) {
        return fields().of(fieldsText(otherwise));
    }

    /** The columns that a write answers with: those asked for, else what identifies the record. */
    Projection answered() {
        if (options.has("fields") || options.has("select")) {
            return projection("");
        }
        return keys().isEmpty() ? fields().identifying() : fields().columns(keys().columns());
    }

    String fieldsText(String otherwise) {
        boolean named = options.has("fields") || options.has("select");
        return options.text("fields", "select").orElse(named ? "" : otherwise);
    }

    Relations relations() {
        return new Relations(database, request);
    }

    /** Those columns with the relations that the call asks for. */
    Shown shown(Projection visible) {
        return Shown.of(
                visible, new RelatedPlan(relations(), options).branches(table, verb() == Verb.GET), database.dialect());
    }

    Shown without(Projection visible) {
        return Shown.of(visible, List.of(), database.dialect());
    }

    KeyColumns keys() {
        return KeyColumns.of(table, options);
    }

    Records records(KeyColumns keys) {
        return new Records(database.dialect(), table, keys, rule);
    }

    /** How many records the answer may hold. Only what goes out row by row may be as long as the service allows. */
    int most(Shown shown) {
        boolean rowByRow = !request.format().hasEnvelope()
                && !options.flag("as_list")
                && !shown.follows()
                && !options.flag("count_only");
        return rowByRow ? limits.most() : limits.maxRecords();
    }

    Optional<Object> ids() {
        return options.value("ids");
    }

    /** The caller's filter as a condition; empty when there is none. */
    Optional<Sql> filter() {
        return options.text("filter", "where")
                .map(text -> new FilterSql(table, relations(), params()).of(FilterParser.parse(text)));
    }

    /** The caller's filter and the row rule. */
    List<Sql> conditions() {
        Optional<Sql> filter = filter();
        if (filter.isPresent() && rule.isPresent()) {
            return List.of(filter.get(), rule.get());
        }
        return filter.or(() -> rule).map(List::of).orElse(List.of());
    }

    /** {@code params}: a map, or JSON text of one. */
    private Map<String, ?> params() {
        Object given = options.value("params").orElse(Map.of());
        Object map = given instanceof String text ? parsed(text) : given;
        if (!(map instanceof Map<?, ?> named)) {
            throw ApiException.badRequest("'params' must be an object such as {\":name\": \"value\"}.");
        }
        Map<String, @Nullable Object> params = new HashMap<>();
        named.forEach((name, value) -> params.put(String.valueOf(name), value));
        return params;
    }

    private static Object parsed(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw ApiException.badRequest("'params' is not valid JSON.");
        }
    }

    /** The records of the body: {@code {"resource": …}} or a bare list; empty when there are none. */
    List<Map<?, ?>> bodyRecords() {
        @Nullable Object given = payload instanceof Map<?, ?> map ? map.get("resource") : payload;
        if (given instanceof Map<?, ?> one) {
            return List.of(one);
        }
        if (!(given instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().<Map<?, ?>>map(TableCall::record).toList();
    }

    private static Map<?, ?> record(@Nullable Object given) {
        if (given instanceof Map<?, ?> record) {
            return record;
        }
        throw noRecords();
    }

    /** The records of the body, or a 400 that says how they are sent. */
    List<Map<?, ?>> requiredRecords() {
        List<Map<?, ?>> records = bodyRecords();
        if (records.isEmpty()) {
            throw noRecords();
        }
        return records;
    }

    /** The body of a call on one record, wrapped or not. */
    Map<?, ?> singleRecord() {
        if (payload instanceof Map<?, ?> map
                && !(map.containsKey("resource") && table.column("resource").isEmpty())) {
            return map;
        }
        return requiredRecords().getFirst();
    }

    private static ApiException noRecords() {
        return ApiException.badRequest(
                "No record(s) detected in request. Please make sure record(s) are wrapped in a 'resource' tag. "
                        + "Example: {\"resource\":[{\"record\":1},{\"record\":2}]}");
    }
}
