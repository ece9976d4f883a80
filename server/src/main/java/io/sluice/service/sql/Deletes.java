package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.ServiceResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** DELETE on a table: by identifier, by records, by filter, or everything. Answers hold the values before. Confined to one call. */
final class Deletes {
    private final TableCall call;
    private final Database database;
    private final Table table;
    private final KeyColumns keys;
    private final Records records;
    private final Shown answer;

    Deletes(TableCall call) {
        this.call = call;
        this.database = call.database();
        this.table = call.table();
        this.keys = call.keys();
        this.records = call.records(keys);
        this.answer = call.shown(call.answered());
        new FaultMessages(database).prepare(table, call.verb());
    }

    ServiceResult one(String id) {
        Key key = keys.required().read(id);
        return ServiceResult.ok(
                Writes.alone(database, table, call.verb(), true, connection -> delete(connection, key)));
    }

    ServiceResult many() {
        if (call.ids().isPresent()) {
            return batch(keys.required().list(call.ids().get()));
        }
        List<Map<?, ?>> given = call.bodyRecords();
        if (!given.isEmpty()) {
            keys.required();
            return batch(new ArrayList<>(given));
        }
        if (call.filter().isPresent()) {
            return filtered();
        }
        if (call.options().flag("force")) {
            return everything();
        }
        throw ApiException.badRequest("No filter or records given for delete request.");
    }

    private ServiceResult batch(List<Object> identifiers) {
        Batch batch = new Batch(database, table, call.verb(), call.options());
        return ServiceResult.list(batch.run(identifiers, true, (connection, each, index) -> {
            if (each instanceof Map<?, ?> record) {
                return delete(connection, keys.ofRecord(record).orElseThrow(() -> keys.missing(index)));
            }
            return delete(connection, keys.read(each));
        }));
    }

    private Row delete(Connection connection, Key key) throws SQLException {
        Row found = records.find(connection, answer.read(), key).orElseThrow(() -> KeyColumns.notFound(key));
        Row before = answer.complete(connection, found);
        int gone = records.delete(connection, records.conditions(keys.is(key)));
        if (gone == 0) {
            throw KeyColumns.notFound(key);
        }
        return before;
    }

    private ServiceResult filtered() {
        List<Sql> conditions = call.conditions();
        return ServiceResult.list(Writes.alone(database, table, call.verb(), true, connection -> {
            return table.primaryKey().isEmpty()
                    ? withoutKey(connection, conditions)
                    : byPrimaryKey(connection, conditions);
        }));
    }

    private List<Row> byPrimaryKey(Connection connection, List<Sql> conditions) throws SQLException {
        Records written = records.by(keys.identity());
        List<Records.Found> found = written.few(connection, answer.read(), conditions, TableCall.Limits.MOST_LISTED);
        List<Row> before = answer.complete(
                connection, found.stream().map(Records.Found::row).toList());
        List<Key> wanted = found.stream().map(Records.Found::key).toList();
        if (written.deleteAll(connection, wanted, conditions) == found.size()) {
            return before;
        }
        // Others changed some meanwhile so that they no longer fit: those that are still there are not told as deleted.
        Set<List<Object>> left = written.find(connection, answer.read(), wanted).keySet();
        return IntStream.range(0, before.size())
                .filter(i -> !left.contains(wanted.get(i).same()))
                .mapToObj(before::get)
                .toList();
    }

    private List<Row> withoutKey(Connection connection, List<Sql> conditions) throws SQLException {
        int most = TableCall.Limits.MOST_LISTED;
        List<Row> found = Records.few(records.rows(connection, answer.read(), conditions, most + 1), most);
        List<Row> before = answer.complete(connection, found);
        records.delete(connection, conditions);
        return before;
    }

    /** All that the caller may see. */
    private ServiceResult everything() {
        List<Sql> conditions = call.rule().map(List::of).orElse(List.of());
        Writes.alone(database, table, call.verb(), false, connection -> records.delete(connection, conditions));
        return ServiceResult.success();
    }
}
