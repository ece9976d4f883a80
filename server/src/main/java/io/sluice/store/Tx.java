package io.sluice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on the system database: the whole JDBC helper. Values are bound, never put into the text. Confined to the
 * thread that got it.
 */
public final class Tx {
    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    Tx(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of the current row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (PreparedStatement statement = bound(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first row, empty when there is none. */
    public <T> Optional<T> one(String sql, RowReader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    /** The number of rows that changed. */
    public int update(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = bound(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Inserts one row; the number that the database gave it. */
    public long insert(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, values);
            statement.executeUpdate();
            return generatedKey(statement);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first column: some databases give the whole row back, and every table begins with its key. */
    private static long generatedKey(PreparedStatement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            if (!keys.next()) {
                throw new IllegalStateException("no key came back for an insert");
            }
            return keys.getLong(1);
        }
    }

    /** To be done once this transaction has committed, in the order of registration; not done when it rolls back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** To be done after {@link #afterCommit}, when others may write again: what takes time. Not done when it rolls back. */
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void committed() {
        runAll(afterCommit);
    }

    void released() {
        runAll(afterwards);
    }

    /** Runs every action, also after one has failed; the first failure is thrown at the end. */
    private static void runAll(List<Runnable> actions) {
        RuntimeException first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Boolean flag ? (Object) (flag ? 1 : 0) : value);
        }
    }

    private static StoreException failed(SQLException e) {
        return new StoreException("a statement on the system database failed", e);
    }
}
