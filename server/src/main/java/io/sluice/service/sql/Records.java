package io.sluice.service.sql;

import io.sluice.api.ApiException;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Single statements on the records of one table, each with the row rule of the call as a condition of its own. Confined to
 * one call.
 *
 * @param rule the row rule that holds for the verb of the call; absent for none
 */
record Records(Dialect dialect, Table table, KeyColumns keys, Optional<Sql> rule) {
    private static final int CHUNK = 500;

    /** Rows that one listed query reads where many records may have the same identifier. */
    private static final int MOST_ALIKE = 2 * CHUNK;

    /** A key with the record that it names. */
    record Found(Key key, Row row) {}

    List<Sql> conditions() {
        return rule.map(List::of).orElse(List.of());
    }

    List<Sql> conditions(Sql first) {
        return rule.map(more -> List.of(first, more)).orElse(List.of(first));
    }

    /** The same statements with another identity. */
    Records by(KeyColumns others) {
        return new Records(dialect, table, others, rule);
    }

    /** The record of that name; the first where others have it too. */
    Optional<Row> find(Connection connection, Projection fields, Key key) throws SQLException {
        return rows(connection, fields, conditions(keys.is(key)), keys.unique() ? 0 : 1).stream()
                .findFirst();
    }

    /** The records for which these conditions hold, that many at most; 0 for all. The row rule must be among the conditions. */
    List<Row> rows(Connection connection, Projection fields, List<Sql> conditions, int most) throws SQLException {
        Sql sql = new Sql()
                .add("SELECT ")
                .add(fields.select())
                .add(" FROM ")
                .add(table.quoted())
                .where(conditions);
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection, dialect)) {
            limit(statement, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(fields.row(rows, 0));
                }
            }
        }
        return found;
    }

    private static void limit(PreparedStatement statement, int most) throws SQLException {
        if (most > 0) {
            statement.setMaxRows(most);
        }
    }

    /** The records that exist and may be seen, by {@link Key#same}. */
    Map<List<Object>, Row> find(Connection connection, Projection fields, List<Key> wanted) throws SQLException {
        Map<List<Object>, Row> found = new LinkedHashMap<>();
        for (List<Key> chunk : chunks(wanted, 0)) {
            find(connection, fields, chunk, found);
        }
        return found;
    }

    private void find(Connection connection, Projection fields, List<Key> chunk, Map<List<Object>, Row> found)
            throws SQLException {
        int most = keys.unique() ? 0 : MOST_ALIKE;
        List<Found> listed = where(connection, fields, conditions(keys.among(chunk)), most);
        Set<List<Object>> asked = chunk.stream().map(Key::same).collect(Collectors.toSet());
        boolean all = most == 0 || listed.size() < most;
        for (Found one : listed) {
            List<Object> same = one.key().same();
            // The database may hold two texts for equal that we do not: it has the last word, for each key by itself.
            all &= asked.contains(same);
            found.putIfAbsent(same, one.row());
        }
        if (!all) {
            singly(connection, fields, chunk, found);
        }
    }

    private void singly(Connection connection, Projection fields, List<Key> keys, Map<List<Object>, Row> found)
            throws SQLException {
        for (Key key : keys) {
            if (!found.containsKey(key.same())) {
                find(connection, fields, key).ifPresent(row -> found.put(key.same(), row));
            }
        }
    }

    /** So few at once that a statement can bind them beside {@code others} more values. */
    private List<List<Key>> chunks(List<Key> wanted, int others) {
        int room = dialect.maxParameters() - others - rule.map(Sql::size).orElse(0);
        int most = Math.min(
                CHUNK, Integer.highestOneBit(Math.max(1, room / keys.columns().size())));
        List<List<Key>> chunks = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += most) {
            chunks.add(wanted.subList(from, Math.min(from + most, wanted.size())));
        }
        return chunks;
    }

    /** The same as {@link #rows}, with the keys of the records. */
    List<Found> where(Connection connection, Projection fields, List<Sql> conditions, int most) throws SQLException {
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
        try (PreparedStatement statement = sql.prepare(connection, dialect)) {
            limit(statement, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Found(
                            key(identity.row(rows, 0)),
                            fields.row(rows, keys.columns().size())));
                }
            }
        }
        return found;
    }

    /** The same where all are needed: more than {@code most} are a 400. */
    List<Found> few(Connection connection, Projection fields, List<Sql> conditions, int most) throws SQLException {
        return few(where(connection, fields, conditions, most + 1), most);
    }

    static <T> List<T> few(List<T> found, int most) {
        if (found.size() > most) {
            throw ApiException.badRequest("More than " + most
                    + " records fit, and so many are not written in one call. Nothing was changed. Narrow the filter.");
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
        for (List<Key> chunk : chunks(wanted, 0)) {
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

    /** The number of those changed for which these conditions still hold. The row rule must be among the conditions. */
    int updateAll(Connection connection, Assignments values, List<Key> wanted, List<Sql> conditions)
            throws SQLException {
        int changed = 0;
        for (List<Key> chunk :
                chunks(wanted, bound(conditions) + values.values().size())) {
            changed += update(connection, values, with(keys.among(chunk), conditions));
        }
        return changed;
    }

    private static List<Sql> with(Sql first, List<Sql> more) {
        List<Sql> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return all;
    }

    private static int bound(List<Sql> conditions) {
        return conditions.stream().mapToInt(Sql::size).sum();
    }

    /** The number of records deleted. */
    int delete(Connection connection, List<Sql> conditions) throws SQLException {
        return new Sql()
                .add("DELETE FROM ")
                .add(table.quoted())
                .where(conditions)
                .update(connection, dialect);
    }

    /** The number of those deleted for which these conditions still hold. The row rule must be among the conditions. */
    int deleteAll(Connection connection, List<Key> wanted, List<Sql> conditions) throws SQLException {
        int gone = 0;
        for (List<Key> chunk : chunks(wanted, bound(conditions))) {
            gone += delete(connection, with(keys.among(chunk), conditions));
        }
        return gone;
    }
}
