package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private final Projection answer;
    private final boolean guarded;

    Writes(TableCall call) {
        this.call = call;
        this.database = call.database();
        this.table = call.table();
        this.keys = call.keys();
        this.records = call.records(keys);
        this.answer = call.options().has("fields") || call.options().has("select")
                ? call.projection("")
                : keys.isEmpty() ? call.fields().identifying() : call.fields().columns(keys.columns());
        this.guarded = call.rule().isPresent();
        new FaultMessages(database).prepare(table, call.verb());
    }

    private Batch batch() {
        return new Batch(database, table, call.verb(), call.options());
    }

    ServiceResult create() {
        List<Map<?, ?>> given = call.requiredRecords();
        return ServiceResult.list(batch().run(given, guarded, this::createOne));
    }

    private Object createOne(Connection connection, Map<?, ?> record, int index) throws SQLException {
        return insert(connection, Assignments.create(record, keys, index));
    }

    private Object insert(Connection connection, Assignments values) throws SQLException {
        requirePresent(values);
        Inserts.Made made = new Inserts(records, answer).insert(connection, values);
        if (guarded) {
            requireVisible(connection, made.key().map(List::of).orElse(List.of()), 1);
        }
        if (made.row().isPresent()) {
            return made.row().get();
        }
        return made.key().isPresent() ? answered(connection, made.key().get()) : values.shown(answer);
    }

    /** A field that the role's row rule asks about counts as null when it is missing. */
    private void requirePresent(Assignments values) {
        if (call.roleRule().isEmpty() || !guarded) {
            return;
        }
        RowRule rule = call.roleRule().get();
        long met = rule.conditions().stream()
                .filter(condition -> condition.operator().strip().equals("is null")
                        || table.column(condition.field())
                                .flatMap(values::value)
                                .isPresent())
                .count();
        if (rule.any() ? met == 0 : met < rule.conditions().size()) {
            throw denied();
        }
    }

    private void requireVisible(Connection connection, List<Key> written, int expected) throws SQLException {
        if (written.isEmpty() || records.visible(connection, written) < expected) {
            throw denied();
        }
    }

    private static ApiException denied() {
        return ApiException.forbidden("Denied access to some of the requested fields.");
    }

    /** What the caller asked to see of a record after the write. */
    private Object answered(Connection connection, Key key) throws SQLException {
        boolean known = keys.columns().containsAll(answer.columns())
                && !answer.columns().isEmpty();
        return known
                ? only(keys.row(key))
                : records.find(connection, answer, key).orElseThrow(() -> KeyColumns.notFound(key));
    }

    private Row only(Row key) {
        @Nullable Object[] values = new Object[answer.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = key.get(answer.shape().name(i));
        }
        return new Row(answer.shape(), values);
    }

    ServiceResult updateOne(String id) {
        Key key = keys.required().read(id);
        Assignments values = Assignments.update(call.singleRecord(), table, List.of());
        return ServiceResult.ok(alone(guarded, connection -> update(connection, key, values)));
    }

    ServiceResult updateMany() {
        if (call.ids().isPresent()) {
            List<Object> ids = keys.required().list(call.ids().get());
            Assignments values = shared();
            return ServiceResult.list(
                    batch().run(ids, guarded, (connection, id, index) -> update(connection, keys.read(id), values)));
        }
        return call.filter().isPresent()
                ? updateFiltered()
                : ServiceResult.list(batch().run(call.requiredRecords(), guarded, this::updateRecord));
    }

    /** The one record whose values several records get. */
    private Assignments shared() {
        return Assignments.update(call.requiredRecords().getFirst(), table, keys.columns());
    }

    private Object updateRecord(Connection connection, Map<?, ?> record, int index) throws SQLException {
        Key key = keys.required().ofRecord(record).orElseThrow(() -> keys.missing(index));
        return update(connection, key, Assignments.update(record, table, keys.columns()));
    }

    private Object update(Connection connection, Key key, Assignments values) throws SQLException {
        int changed = records.update(connection, values, records.conditions(keys.is(key)));
        if (changed == 0) {
            return upsert(connection, key, values);
        }
        Key now = moved(key, values);
        if (guarded) {
            requireVisible(connection, List.of(now), 1);
        }
        return answered(connection, now);
    }

    /** The key after an update that may have changed it. */
    private Key moved(Key key, Assignments values) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            parts.add(values.value(keys.columns().get(i)).orElse(key.values().get(i)));
        }
        return new Key(parts, key.text());
    }

    private Object upsert(Connection connection, Key key, Assignments values) throws SQLException {
        if (!call.limits().upsert()) {
            throw KeyColumns.notFound(key);
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            record.put(keys.columns().get(i).name(), key.values().get(i));
        }
        return insert(connection, Assignments.create(record, keys, 0, values));
    }

    private ServiceResult updateFiltered() {
        keys.required();
        Assignments values = shared();
        List<Sql> conditions = call.conditions();
        return ServiceResult.list(alone(true, connection -> {
            List<Key> found = records.where(connection, call.fields().columns(keys.columns()), conditions).stream()
                    .map(Records.Found::key)
                    .toList();
            records.updateAll(connection, values, found);
            if (guarded && !found.isEmpty()) {
                requireVisible(connection, found, found.size());
            }
            Map<List<Object>, Row> after = records.find(connection, answer, found);
            return found.stream()
                    .flatMap(key -> Optional.ofNullable(after.get(key.same())).stream())
                    .toList();
        }));
    }

    private interface Step<T> {
        T on(Connection connection) throws SQLException;
    }

    /** One write outside a batch: its own failure is the answer. */
    private <T> T alone(boolean whole, Step<T> step) {
        return alone(database, table, call.verb(), whole, step::on);
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
            } catch (ApiException e) {
                Batch.undo(connection, e);
                throw e;
            }
        });
    }
}
