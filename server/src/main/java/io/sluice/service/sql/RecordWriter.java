package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.RowRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes single records of one table, held to the caller's row rule for that verb. Confined to one call. */
final class RecordWriter {
    private final Records records;
    private final Optional<RowRule> roleRule;
    private final boolean guarded;

    /** {@code records} with the rule as a condition. */
    RecordWriter(Records records, Optional<RowRule> roleRule) {
        this.records = records;
        this.roleRule = roleRule;
        this.guarded = records.rule().isPresent();
    }

    /** A row rule holds, so that one record is several statements. */
    boolean guarded() {
        return guarded;
    }

    Inserts.Made insert(Connection connection, Assignments values, Projection answer) throws SQLException {
        requirePresent(values);
        Inserts.Made made = new Inserts(records, answer).insert(connection, values);
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
                                .column(condition.field())
                                .flatMap(values::value)
                                .isPresent())
                .count();
        if (rule.any() ? met == 0 : met < rule.conditions().size()) {
            throw denied();
        }
    }

    /** What was written must still be within the rule. */
    void requireVisible(Connection connection, List<Key> written, int expected) throws SQLException {
        if (guarded && (written.isEmpty() || records.visible(connection, written) < expected)) {
            throw denied();
        }
    }

    private static ApiException denied() {
        return ApiException.forbidden("Denied access to some of the requested fields.");
    }

    /** The key afterwards; empty when there is no such record. With no values the record only has to be there. */
    Optional<Key> update(Connection connection, Key key, Assignments values) throws SQLException {
        if (values.values().isEmpty()) {
            return records.visible(connection, List.of(key)) > 0 ? Optional.of(key) : Optional.empty();
        }
        if (records.update(connection, values, records.conditions(records.keys().is(key))) == 0) {
            return Optional.empty();
        }
        Key now = moved(key, values);
        requireVisible(connection, List.of(now), 1);
        return Optional.of(now);
    }

    /** The key after an update that may have changed it. */
    private Key moved(Key key, Assignments values) {
        List<Object> parts = new ArrayList<>();
        List<Column> columns = records.keys().columns();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(values.value(columns.get(i)).orElse(key.values().get(i)));
        }
        return new Key(parts, key.text());
    }
}
