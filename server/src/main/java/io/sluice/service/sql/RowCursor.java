package io.sluice.service.sql;

import io.sluice.api.Content;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An open result set with the connection that it lives on, which goes back to the pool when this is closed. */
final class RowCursor implements Content.Rows {
    /** From here on rows come in portions, so that a large answer is never in memory as a whole. */
    private static final long PORTIONS_FROM = 2_000;

    private static final int PORTION = 500;

    /** Soon there, so that the caller of a slow query sees its first rows early. */
    private static final int FIRST_PORTION = 32;

    private final Database database;
    private final Projection projection;
    private final Counting counting;
    private final Map<String, Object> extra;
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final boolean portions;
    private long read;
    private long portionEnd;
    private boolean ended;
    private boolean closed;

    private RowCursor(
            Database database,
            Projection projection,
            Counting counting,
            Map<String, Object> extra,
            Connection connection,
            PreparedStatement statement,
            ResultSet rows,
            boolean portions) {
        this.database = database;
        this.projection = projection;
        this.counting = counting;
        this.extra = extra;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.portions = portions;
        this.portionEnd = portions ? FIRST_PORTION : Long.MAX_VALUE;
    }

    /** Runs the query; a failure leaves nothing open. {@code extra} goes into the meta object. */
    static RowCursor open(
            Database database, Sql sql, Projection projection, Counting counting, Map<String, Object> extra) {
        Connection connection = database.pool().connection();
        try {
            boolean portions = counting.limit() > PORTIONS_FROM;
            if (portions && database.dialect().cursorNeedsTransaction()) {
                connection.setAutoCommit(false);
            }
            PreparedStatement statement = sql.prepare(connection, database.dialect());
            if (portions) {
                statement.setFetchSize(FIRST_PORTION);
            }
            return new RowCursor(
                    database, projection, counting, extra, connection, statement, statement.executeQuery(), portions);
        } catch (SQLException e) {
            giveBack(connection);
            throw database.failed(e);
        } catch (RuntimeException e) {
            giveBack(connection);
            throw e;
        }
    }

    /** The pool closes the statements of a connection that comes back. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a pooled connection could not be given back", e);
        }
    }

    /** For more queries while the cursor is open. */
    Connection connection() {
        return connection;
    }

    @Override
    public RowShape shape() {
        return projection.shape();
    }

    @Override
    public void drainTo(RowSink sink) {
        try {
            while (rows.next()) {
                projection.move(rows, sink);
                if (++read == portionEnd) {
                    endPortion(sink);
                }
            }
            ended = true;
        } catch (SQLException e) {
            throw database.failedLate(e);
        }
    }

    private void endPortion(RowSink sink) throws SQLException {
        rows.setFetchSize(PORTION);
        portionEnd += PORTION;
        sink.portionEnded();
    }

    @Override
    public Map<String, Object> meta() {
        Map<String, Object> meta = new LinkedHashMap<>();
        try {
            meta.putAll(counting.meta(read, this::count));
        } catch (SQLException e) {
            throw database.failedLate(e);
        }
        meta.putAll(extra);
        return meta;
    }

    private long count() throws SQLException {
        rows.close();
        return counting.count(connection, database.dialect());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (portions && !ended && database.dialect().closingReadsTheRest()) {
                database.pool().abandon(connection);
                return;
            }
            try (connection;
                    statement;
                    rows) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            } catch (SQLException e) {
                throw database.failedLate(e);
            }
        }
    }
}
