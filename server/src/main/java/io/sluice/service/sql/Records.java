package io.sluice.service.sql;

import io.sluice.api.Row;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Single statements on the records of one table, each with the row rule of the call as a condition of its own. Confined to
 * one call.
 *
 * @param rule the row rule that holds for the verb of the call; absent for none
 */
record Records(Dialect dialect, Table table, KeyColumns keys, Optional<Sql> rule) {
    private static final int CHUNK = 500;

    /** A key with the record that it names. */
    record Found(Key key, Row row) {}

    List<Sql> conditions(Sql first) {
        return rule.map(more -> List.of(first, more)).orElse(List.of(first));
    }

    Optional<Row> find(Connection connection, Projection fields, Key key) throws SQLException {
        return rows(connection, fields, conditions(keys.is(key))).stream().findFirst();
    }

    /** The records for which these conditions hold. The row rule must be among the conditions. */
    List<Row> rows(Connection connection, Projection fields, List<Sql> conditions) throws SQLException {
        Sql sql = new Sql()
                .add("SELECT ")
                .add(fields.select())
                .add(" FROM ")
                .add(table.quoted())
                .where(conditions);
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection, dialect);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(fields.row(rows, 0));
            }
        }
        return found;
    }

    /** The records that exist and may be seen, by {@link Key#same}. */
    Map<List<Object>, Row> find(Connection connection, Projection fields, List<Key> wanted) throws SQLException {
        Map<List<Object>, Row> found = new LinkedHashMap<>();
        for (int from = 0; from < wanted.size(); from += CHUNK) {
            List<Key> chunk = wanted.subList(from, Math.min(from + CHUNK, wanted.size()));
            for (Found one : where(connection, fields, conditions(keys.among(chunk)))) {
                found.put(one.key().same(), one.row());
            }
        }
        return found;
    }

    /** The records for which these conditions hold, with their keys. The row rule must be among the conditions. */
    List<Found> where(Connection connection, Projection fields, List<Sql> conditions) throws SQLException {
        Projection identity = Projection.columns(keys.columns(), dialect);
        Sql sql = new Sql()
                .add("SELECT ")
                .add(identity.select())
                .add(", ")
                .add(fields.select())
                .add(" FROM ")
                .add(table.quoted())
                .where(conditions);
        List<Found> found = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection, dialect);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Found(
                        key(identity.row(rows, 0)),
                        fields.row(rows, keys.columns().size())));
            }
        }
        return found;
    }

    private Key key(Row identity) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            @Nullable Object value = identity.value(i);
            values.add(value == null ? "" : Values.compared(keys.columns().get(i), value));
        }
        return new Key(values, values.toString());
    }

    /** How many of these the row rule lets the caller see. */
    long visible(Connection connection, List<Key> wanted) throws SQLException {
        long seen = 0;
        for (int from = 0; from < wanted.size(); from += CHUNK) {
            List<Key> chunk = wanted.subList(from, Math.min(from + CHUNK, wanted.size()));
            Sql sql = new Sql().add("SELECT COUNT(*) FROM ").add(table.quoted()).where(conditions(keys.among(chunk)));
            try (PreparedStatement statement = sql.prepare(connection, dialect);
                    ResultSet rows = statement.executeQuery()) {
                seen += rows.next() ? rows.getLong(1) : 0;
            }
        }
        return seen;
    }

    /** The number of records changed. */
    int update(Connection connection, Assignments values, List<Sql> conditions) throws SQLException {
        Sql sql = new Sql()
                .add("UPDATE ")
                .add(table.quoted())
                .add(" SET ")
                .add(values.set())
                .where(conditions);
        return sql.update(connection, dialect);
    }

    int updateAll(Connection connection, Assignments values, List<Key> wanted) throws SQLException {
        int changed = 0;
        for (int from = 0; from < wanted.size(); from += CHUNK) {
            List<Key> chunk = wanted.subList(from, Math.min(from + CHUNK, wanted.size()));
            changed += update(connection, values, conditions(keys.among(chunk)));
        }
        return changed;
    }

    /** The number of records deleted. */
    int delete(Connection connection, List<Sql> conditions) throws SQLException {
        return new Sql()
                .add("DELETE FROM ")
                .add(table.quoted())
                .where(conditions)
                .update(connection, dialect);
    }

    int deleteAll(Connection connection, List<Key> wanted) throws SQLException {
        int gone = 0;
        for (int from = 0; from < wanted.size(); from += CHUNK) {
            List<Key> chunk = wanted.subList(from, Math.min(from + CHUNK, wanted.size()));
            gone += delete(connection, conditions(keys.among(chunk)));
        }
        return gone;
    }
}
