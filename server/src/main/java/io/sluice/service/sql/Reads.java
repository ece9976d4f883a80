package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Row;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GET on a table: a page, some identifiers, one record, or a number. Confined to one call. */
final class Reads {
    private final TableCall call;
    private final Database database;

    Reads(TableCall call) {
        this.call = call;
        this.database = call.database();
    }

    ServiceResult one(String id) {
        KeyColumns keys = call.keys().required();
        Shown shown = call.shown(call.projection("*"));
        Key key = keys.read(id);
        return ServiceResult.ok(database.with(connection -> shown.complete(
                connection,
                call.records(keys).find(connection, shown.read(), key).orElseThrow(() -> KeyColumns.notFound(key)))));
    }

    ServiceResult many() {
        if (call.ids().isPresent()) {
            KeyColumns keys = call.keys().required();
            return byIdentifiers(keys, keys.list(call.ids().get()));
        }
        List<Map<?, ?>> records = call.bodyRecords();
        return records.isEmpty() ? page() : byIdentifiers(call.keys().required(), new ArrayList<>(records));
    }

    private ServiceResult byIdentifiers(KeyColumns keys, List<Object> wanted) {
        if (wanted.size() > call.limits().maxRecords()) {
            throw ApiException.badRequest("More than " + call.limits().maxRecords() + " identifiers were asked for.");
        }
        boolean list = call.options().flag("as_list");
        Shown shown = list ? call.without(call.fields().columns(keys.columns())) : call.shown(call.projection("*"));
        Map<Integer, ApiError> errors = new HashMap<>();
        Map<Integer, Key> readable = readable(keys, wanted, errors);
        Map<Integer, Row> found = find(keys, shown, readable);
        readable.forEach((place, key) -> {
            if (!found.containsKey(place)) {
                errors.put(place, KeyColumns.notFound(key).error());
            }
        });
        List<Object> answers = inOrder(wanted.size(), found, errors);
        if (!errors.isEmpty()) {
            throw batchError(answers, errors);
        }
        return list ? asList(answers) : withSchema(answers);
    }

    private static Map<Integer, Key> readable(KeyColumns keys, List<Object> wanted, Map<Integer, ApiError> errors) {
        Map<Integer, Key> readable = new LinkedHashMap<>();
        for (int place = 0; place < wanted.size(); place++) {
            try {
                readable.put(place, keys.read(wanted.get(place)));
            } catch (ApiException e) {
                errors.put(place, e.error());
            }
        }
        return readable;
    }

    private Map<Integer, Row> find(KeyColumns keys, Shown shown, Map<Integer, Key> wanted) {
        Projection projection = shown.read();
        Records records = call.records(keys);
        return database.with(connection -> {
            Map<List<Object>, Row> all =
                    records.find(connection, projection, List.copyOf(new LinkedHashSet<>(wanted.values())));
            Map<Integer, Row> found = new LinkedHashMap<>();
            wanted.forEach((place, key) -> {
                @Nullable Row row = all.get(key.same());
                if (row != null) {
                    found.put(place, row);
                }
            });
            return complete(connection, shown, found);
        });
    }

    private static Map<Integer, Row> complete(Connection connection, Shown shown, Map<Integer, Row> found)
            throws SQLException {
        Iterator<Row> completed =
                shown.complete(connection, List.copyOf(found.values())).iterator();
        found.replaceAll((place, row) -> completed.next());
        return found;
    }

    /** Records and errors in the order of the identifiers; without {@code continue} up to the first error. */
    private List<Object> inOrder(int size, Map<Integer, Row> found, Map<Integer, ApiError> errors) {
        boolean goOn = Batch.mode(call.options()) == Batch.Mode.CONTINUE;
        List<Object> answers = new ArrayList<>();
        for (int place = 0; place < size; place++) {
            @Nullable ApiError error = errors.get(place);
            @Nullable Row row = found.get(place);
            if (row != null) {
                answers.add(row);
            } else if (error != null) {
                answers.add(error.toMap());
                if (!goOn) {
                    break;
                }
            }
        }
        return answers;
    }

    private static ApiException batchError(List<Object> answers, Map<Integer, ApiError> errors) {
        List<Integer> failed = errors.keySet().stream()
                .filter(place -> place < answers.size())
                .sorted()
                .toList();
        return Batch.error(Verb.GET, failed, answers, "");
    }

    private ServiceResult withSchema(List<Object> records) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("resource", records);
        if (!schema().isEmpty()) {
            answer.put("meta", schema());
        }
        return ServiceResult.ok(answer);
    }

    private ServiceResult page() {
        Selection selection = Selection.of(call);
        if (call.options().flag("count_only")) {
            return ServiceResult.ok(count(selection));
        }
        RowCursor cursor =
                RowCursor.open(database, selection.page(), selection.shown().read(), selection.counting(), schema());
        if (call.options().flag("as_list")) {
            return asList(Drained.rows(cursor));
        }
        boolean follows = selection.shown().follows();
        return ServiceResult.of(
                200, follows ? new RelatedCursor(database, cursor, selection.shown()) : (Content) cursor);
    }

    private Object count(Selection selection) {
        long count = database.with(connection -> selection.counting().count(connection, database.dialect()));
        return count == (int) count ? (Object) (int) count : (Object) count;
    }

    private Map<String, Object> schema() {
        return call.options().flag("include_schema")
                ? Map.of("schema", new Describe(database).table(call.table()))
                : Map.of();
    }

    /** Identifier values; several per record as {@code "(a,b)"}. */
    private static ServiceResult asList(List<?> rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object each : rows) {
            if (each instanceof Row row) {
                values.add(row.shape().size() == 1 ? row.value(0) : joined(row));
            }
        }
        return ServiceResult.list(values);
    }

    private static String joined(Row row) {
        return row.values().stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
}
