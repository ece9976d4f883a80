package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** POST, PUT and PATCH on a table; the last two mean the same. Confined to one call. */
final class Writes {
    private final TableCall call;
    private final Database database;
    private final Table table;
    private final KeyColumns keys;
    private final Records records;
    private final RecordWriter writer;
    private final RecordWriter creator;
    private final Records written;
    private final Shown answer;

    Writes(TableCall call) {
        this.call = call;
        this.database = call.database();
        this.table = call.table();
        this.keys = call.keys();
        this.records = call.records(keys);
        this.writer = new RecordWriter(records, call.roleRule(), call.request().caller());
        this.creator = creator();
        this.written = records.by(keys.identity());
        this.answer = call.shown(call.answered());
        new FaultMessages(database).prepare(table, call.verb());
    }

    /** An upsert that creates is held to the rules for creating as well. */
    private RecordWriter creator() {
        Relations relations = call.relations();
        return call.verb() == Verb.POST || !call.limits().upsert()
                ? writer
                : new RecordWriter(
                        new Records(database.dialect(), table, keys, relations.rule(Verb.POST, table)),
                        relations.rows(Verb.POST, table),
                        call.request().caller());
    }

    /** The records of the call with those that they carry under their relations. */
    private record Given(NestedTable tables, NestedWrites nested) {}

    private Given given(List<Map<?, ?>> records) {
        return new Given(
                NestedTable.of(call.relations(), keys.identity(), records),
                new NestedWrites(call.relations(), call.verb(), call.options().flag("allow_related_delete")));
    }

    private <T> ServiceResult batch(List<T> items, Given given, Batch.Work<T> work) {
        Batch batch = new Batch(database, table, call.verb(), call.options());
        boolean whole = several(given);
        if (items.size() > 1 || !answer.follows()) {
            return ServiceResult.list(batch.run(items, whole, work, this::complete));
        }
        return ServiceResult.list(batch.run(
                items,
                true,
                (connection, item, index) -> complete(connection, List.of(work.on(connection, item, index)))
                        .getFirst()));
    }

    /** Each record is several statements that belong together; reading what is answered is one of them. */
    private boolean several(Given given) {
        boolean comesBack = call.verb() == Verb.POST && database.dialect().returning();
        return writer.several() || creator.several() || given.tables().nested() || !(comesBack || answeredByKey());
    }

    /** Related records are read once for all answers. */
    private List<Object> complete(Connection connection, List<Object> answers) throws SQLException {
        if (!answer.follows()) {
            return answers;
        }
        List<Row> rows = answers.stream()
                .filter(Row.class::isInstance)
                .map(Row.class::cast)
                .toList();
        Iterator<Row> completed = answer.complete(connection, rows).iterator();
        return answers.stream()
                .map(each -> each instanceof Row ? completed.next() : each)
                .toList();
    }

    ServiceResult create() {
        List<Map<?, ?>> all = call.requiredRecords();
        Given given = given(all);
        return batch(all, given, (connection, record, index) -> createOne(connection, given, record, index));
    }

    private Object createOne(Connection connection, Given given, Map<?, ?> record, int index) throws SQLException {
        Map<?, ?> pointing = given.nested().parents(connection, given.tables(), record);
        return insert(connection, writer, Assignments.create(pointing, keys, index), given, pointing);
    }

    private Object insert(Connection connection, RecordWriter by, Assignments values, Given given, Map<?, ?> record)
            throws SQLException {
        Inserts.Made made = by.insert(connection, values, answer.read());
        given.nested().children(connection, given.tables(), made.key(), record);
        if (made.row().isPresent()) {
            return made.row().get();
        }
        return made.key().isPresent() ? answered(connection, made.key().get()) : values.shown(answer.read());
    }

    /** What the caller asked to see of a record after the write. */
    private Row answered(Connection connection, Key key) throws SQLException {
        return answeredByKey()
                ? only(written.keys().row(key))
                : written.find(connection, answer.read(), key).orElseThrow(() -> KeyColumns.notFound(key));
    }

    private boolean answeredByKey() {
        return written.keys().columns().containsAll(answer.read().columns())
                && !answer.read().columns().isEmpty();
    }

    private Row only(Row key) {
        RowShape shape = answer.read().shape();
        @Nullable Object[] values = new Object[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = key.get(shape.name(i));
        }
        return new Row(shape, values);
    }

    ServiceResult updateOne(String id) {
        Key key = keys.required().read(id);
        Map<?, ?> record = call.singleRecord();
        Given given = given(List.of(record));
        boolean whole = several(given) || answer.follows();
        return ServiceResult.ok(alone(whole, connection -> {
            Object after = update(connection, key, given, record, List.of());
            return complete(connection, List.of(after)).getFirst();
        }));
    }

    ServiceResult updateMany() {
        if (call.ids().isPresent()) {
            List<Object> ids = keys.required().list(call.ids().get());
            Map<?, ?> shared = call.requiredRecords().getFirst();
            Given given = given(List.of(shared));
            // What is wrong for every record is said before the first is touched.
            if (given.tables().used(shared).isEmpty()) {
                Assignments.update(shared, table, keys.columns());
            }
            return batch(
                    ids,
                    given,
                    (connection, id, index) -> update(connection, keys.read(id), given, shared, keys.columns()));
        }
        return call.filter().isPresent() ? updateFiltered() : updateRecords(call.requiredRecords());
    }

    private ServiceResult updateRecords(List<Map<?, ?>> all) {
        Given given = given(all);
        return batch(all, given, (connection, record, index) -> {
            Key key = keys.required().ofRecord(record).orElseThrow(() -> keys.missing(index));
            return update(connection, key, given, record, keys.columns());
        });
    }

    /** {@code fixed} columns stay as they are. */
    private Object update(Connection connection, Key key, Given given, Map<?, ?> record, List<Column> fixed)
            throws SQLException {
        Map<?, ?> pointing = given.nested().parents(connection, given.tables(), record);
        Assignments values = given.tables().used(record).isEmpty()
                ? Assignments.update(pointing, table, fixed)
                : Assignments.changes(pointing, table, fixed);
        Optional<Key> now = writer.update(connection, key, values);
        if (now.isEmpty()) {
            return upsert(connection, key, values, given, pointing);
        }
        given.nested().children(connection, given.tables(), now, pointing);
        return answered(connection, now.get());
    }

    private Object upsert(Connection connection, Key key, Assignments values, Given given, Map<?, ?> pointing)
            throws SQLException {
        if (!call.limits().upsert()) {
            throw KeyColumns.notFound(key);
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            record.put(keys.columns().get(i).name(), key.values().get(i));
        }
        call.relations().requireRight(Verb.POST, table);
        return insert(connection, creator, Assignments.create(record, keys, 0, values), given, pointing);
    }

    private ServiceResult updateFiltered() {
        keys.required();
        Map<?, ?> shared = call.requiredRecords().getFirst();
        if (given(List.of(shared)).tables().nested()) {
            throw ApiException.badRequest(
                    "Related records can not be written through a filter. Name the records with ids.");
        }
        Assignments values = Assignments.update(shared, table, keys.columns());
        List<Sql> conditions = call.conditions();
        return ServiceResult.list(alone(true, connection -> {
            Projection nothingMore = call.fields().columns(written.keys().columns());
            List<Key> found = written.few(connection, nothingMore, conditions, TableCall.Limits.MOST_LISTED).stream()
                    .map(Records.Found::key)
                    .distinct()
                    .toList();
            return answer.complete(connection, changed(connection, found, values, conditions));
        }));
    }

    private List<Row> changed(Connection connection, List<Key> found, Assignments values, List<Sql> conditions)
            throws SQLException {
        if (found.isEmpty()) {
            return List.of();
        }
        List<Key> now = new ArrayList<>();
        int changed = writer.update(connection, found, values, conditions, now);
        if (changed < found.size() && !table.primaryKey().isEmpty()) {
            throw ApiException.conflict("Some of the records that fit were changed by another call meanwhile."
                    + " Nothing was changed by this one. Try again.");
        }
        Map<List<Object>, Row> after = written.find(connection, answer.read(), now);
        return now.stream()
                .flatMap(key -> Optional.ofNullable(after.get(key.same())).stream())
                .toList();
    }

    /** One write outside a batch: its own failure is the answer. */
    private <T> T alone(boolean whole, Database.Work<T> work) {
        return alone(database, table, call.verb(), whole, work);
    }

    static <T> T alone(Database database, Table table, Verb verb, boolean whole, Database.Work<T> work) {
        return database.with(connection -> {
            connection.setAutoCommit(!whole);
            try {
                T result = work.on(connection);
                if (whole) {
                    connection.commit();
                }
                return result;
            } catch (SQLException e) {
                Batch.undo(connection, e);
                throw new FaultMessages(database).ofWrite(e, table, verb);
            } catch (ApiException | SchemaChanged e) {
                Batch.undo(connection, e);
                throw e;
            }
        });
    }
}
