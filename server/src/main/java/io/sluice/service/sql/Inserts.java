package io.sluice.service.sql;

import io.sluice.api.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** New records: one statement where the database gives values back, else the key it made and a second read. */
final class Inserts {
    private final Records records;
    private final Projection answer;

    /** The key of a new record, when the table has one, and what the caller asked to see. */
    record Made(Optional<Key> key, Optional<Row> row) {}

    Inserts(Records records, Projection answer) {
        this.records = records;
        this.answer = answer;
    }

    Made insert(Connection connection, Assignments values) throws SQLException {
        Sql sql = values.values().isEmpty()
                ? new Sql()
                        .add(records.dialect()
                                .insertDefaults(
                                        records.table().quoted(),
                                        records.table().columns().getFirst().quoted()))
                : new Sql()
                        .add("INSERT INTO ")
                        .add(records.table().quoted())
                        .add(" ")
                        .add(values.columnsAndValues());
        return records.dialect().returning() ? returning(connection, sql) : generated(connection, sql, values);
    }

    private Made returning(Connection connection, Sql sql) throws SQLException {
        List<Column> identity = records.keys().columns();
        Projection keyFields = Projection.columns(identity, records.dialect());
        sql.add(" RETURNING ")
                .add(identity.isEmpty() ? "" : keyFields.select() + ", ")
                .add(answer.select());
        try (PreparedStatement statement = sql.prepare(connection, records.dialect());
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return new Made(Optional.empty(), Optional.empty());
            }
            Row key = keyFields.row(rows, 0);
            Made made = new Made(
                    records.keys().isEmpty() ? Optional.empty() : records.keys().ofRecord(key),
                    Optional.of(answer.row(rows, identity.size())));
            // Read to the end: SQLite finishes the statement only then.
            while (rows.next()) {
                continue;
            }
            return made;
        }
    }

    private Made generated(Connection connection, Sql sql, Assignments values) throws SQLException {
        Optional<Column> auto =
                records.table().columns().stream().filter(Column::autoIncrement).findFirst();
        String[] wanted = auto.map(column -> new String[] {column.name()}).orElseGet(() -> new String[0]);
        try (PreparedStatement statement = sql.prepare(connection, records.dialect(), wanted)) {
            statement.executeUpdate();
            Optional<Object> number = auto.isPresent() ? generatedNumber(statement) : Optional.empty();
            return new Made(key(values, auto, number), Optional.empty());
        }
    }

    private static Optional<Object> generatedNumber(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.getGeneratedKeys()) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        }
    }

    private Optional<Key> key(Assignments values, Optional<Column> auto, Optional<Object> number) {
        List<Object> parts = new ArrayList<>();
        for (Column column : records.keys().columns()) {
            boolean made = auto.filter(column::equals).isPresent();
            Optional<Object> given = values.value(column);
            Optional<Object> part = given.isPresent() || !made ? given : number;
            part.ifPresent(parts::add);
        }
        boolean whole =
                !parts.isEmpty() && parts.size() == records.keys().columns().size();
        return whole ? Optional.of(new Key(parts, parts.toString())) : Optional.empty();
    }
}
