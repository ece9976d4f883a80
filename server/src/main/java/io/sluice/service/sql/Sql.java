package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Dialect;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement in the making: text with question marks, and the values for them in order. Confined to one call. */
final class Sql {
    private final StringBuilder text = new StringBuilder(256);
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Adds text that holds nothing from a caller but quoted, known names. */
    Sql add(String more) {
        text.append(more);
        return this;
    }

    Sql value(@Nullable Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** The value inside an expression that holds one question mark. */
    Sql value(@Nullable Object value, String expression) {
        text.append(expression);
        values.add(value);
        return this;
    }

    /** Adds another statement's text and values. */
    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** Adds {@code WHERE a AND b}; nothing when there are no conditions. */
    Sql where(List<Sql> conditions) {
        String before = " WHERE ";
        for (Sql condition : conditions) {
            add(before).add(condition);
            before = " AND ";
        }
        return this;
    }

    String text() {
        return text.toString();
    }

    int size() {
        return values.size();
    }

    /** Prepared and bound. Generated keys are asked for when {@code keys} is not empty. */
    PreparedStatement prepare(Connection connection, Dialect dialect, String... keys) throws SQLException {
        PreparedStatement statement = keys.length == 0
                ? connection.prepareStatement(text.toString())
                : connection.prepareStatement(text.toString(), keys);
        try {
            dialect.prepared(statement);
            for (int i = 0; i < values.size(); i++) {
                bind(statement, i + 1, values.get(i), dialect);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Runs it; the number of rows that it touched. */
    int update(Connection connection, Dialect dialect) throws SQLException {
        try (PreparedStatement statement = prepare(connection, dialect)) {
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value, Dialect dialect)
            throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.NULL);
            return;
        }
        Object bindable = dialect.bindable(value);
        switch (bindable) {
            case Long whole -> statement.setLong(place, whole);
            case Integer whole -> statement.setInt(place, whole);
            case String words -> statement.setString(place, words);
            case BigDecimal number -> statement.setBigDecimal(place, number);
            case Double number -> statement.setDouble(place, number);
            case Boolean truth -> statement.setBoolean(place, truth);
            case byte[] bytes -> statement.setBytes(place, bytes);
            case Object[] list -> statement.setObject(place, list);
            default -> throw new IllegalStateException("no way to bind a " + bindable.getClass());
        }
    }
}
