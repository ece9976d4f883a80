package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.RowRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes records of one table, held to the caller's row rule for that verb. Callers may name records by any column; what was
 * written is known by the primary key. Confined to one call.
 */
final class RecordWriter {
    private final Records records;
    private final Records written;
    private final Caller caller;
    private final Optional<RowRule> roleRule;
    private final boolean guarded;

    /** {@code records} with the rule as a condition. */
    RecordWriter(Records records, Optional<RowRule> roleRule, Caller caller) {
        this.records = records;
        this.written = records.by(records.keys().identity());
        this.caller = caller;
        this.roleRule = roleRule;
        this.guarded = records.rule().isPresent();
    }

    /** One record is several statements: a row rule holds, or the record is looked up first. */
    boolean several() {
        return guarded || !direct();
    }

    /** Records are named by what identifies them. */
    private boolean direct() {
        return records.keys().equals(written.keys());
    }

    /** With a rule there must be a way to tell which record was written. */
    private void requireIdentity() {
        if (guarded && !written.keys().unique()) {
            throw ApiException.badRequest("Table '" + records.table().name()
                    + "' has no primary key, and id_field names no unique field: records that a row rule of this role"
                    + " holds for can not be written there.");
        }
    }

    Inserts.Made insert(Connection connection, Assignments given, Projection answer) throws SQLException {
        requireIdentity();
        Assignments values = given.stamped(records.table(), caller, true);
        requirePresent(values);
        Inserts.Made made = new Inserts(written, answer).insert(connection, values);
        requireVisible(connection, made.key().map(List::of).orElse(List.of()), 1);
        return made;
    }

    /** A field that the role's row rule asks about counts as null when it is missing. */
    private void requirePresent(Assignments values) {
        if (roleRule.isEmpty() || !guarded) {
            return;
        }
        RowRule rule = roleRule.get();
        long met = rule.conditions().stream()
                .filter(condition -> condition.operator().strip().equals("is null")
                        || records.table()
                                .realColumn(condition.field())
                                .or(() -> records.table().column(condition.field()))
                                .flatMap(values::value)
                                .isPresent())
                .count();
        if (rule.any() ? met == 0 : met < rule.conditions().size()) {
            throw denied();
        }
    }

    /** What was written must be within the rule. */
    void requireVisible(Connection connection, List<Key> keys, int expected) throws SQLException {
        if (guarded && (keys.isEmpty() || written.visible(connection, keys) < expected)) {
            throw denied();
        }
    }

    private static ApiException denied() {
        return ApiException.forbidden("Denied access to some of the requested fields.");
    }

    /** The primary key afterwards; empty when there is no such record. With no values the record only has to be there. */
    Optional<Key> update(Connection connection, Key key, Assignments values) throws SQLException {
        requireIdentity();
        List<Key> named = named(connection, key);
        if (named.isEmpty() || values.values().isEmpty() && written.visible(connection, named) == 0) {
            return Optional.empty();
        }
        if (values.values().isEmpty()) {
            return Optional.of(named.getFirst());
        }
        List<Sql> conditions = direct()
                ? written.conditions()
                : records.conditions(records.keys().is(key));
        List<Key> now = new ArrayList<>();
        return update(connection, named, values, conditions, now) == 0 ? Optional.empty() : Optional.of(now.getFirst());
    }

    private List<Key> named(Connection connection, Key key) throws SQLException {
        return direct()
                ? List.of(key)
                : written
                        .few(
                                connection,
                                Projection.columns(written.keys().columns(), written.dialect()),
                                records.conditions(records.keys().is(key)),
                                TableCall.Limits.MOST_LISTED)
                        .stream()
                        .map(Records.Found::key)
                        .toList();
    }

    /** How many of these were changed, those for which the conditions still hold; {@code now} gets the keys afterwards. */
    int update(Connection connection, List<Key> keys, Assignments values, List<Sql> conditions, List<Key> now)
            throws SQLException {
        requireIdentity();
        Assignments stamped = values.stamped(records.table(), caller, false);
        int changed = written.updateAll(connection, stamped, keys, conditions);
        keys.forEach(key -> now.add(moved(key, stamped)));
        if (changed > 0) {
            requireVisible(connection, now, now.size());
        }
        return changed;
    }

    /** The key after an update that may have changed it. */
    private Key moved(Key key, Assignments values) {
        List<Object> parts = new ArrayList<>();
        List<Column> columns = written.keys().columns();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(values.value(columns.get(i)).orElse(key.values().get(i)));
        }
        return new Key(parts, key.text());
    }
}
