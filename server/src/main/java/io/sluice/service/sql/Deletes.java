package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.ServiceResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
            if (keys.isEmpty()) {
                return withoutKey(connection, conditions);
            }
            List<Records.Found> found = records.where(connection, answer.read(), conditions);
            List<Row> before = answer.complete(
                    connection, found.stream().map(Records.Found::row).toList());
            records.deleteAll(connection, found.stream().map(Records.Found::key).toList());
            return before;
        }));
    }

    private List<Row> withoutKey(Connection connection, List<Sql> conditions) throws SQLException {
        List<Row> before = answer.complete(connection, records.rows(connection, answer.read(), conditions));
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
