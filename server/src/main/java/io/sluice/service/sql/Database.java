package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Fault;
import java.sql.Connection;
import java.sql.SQLException;

/** One database of one service: its connections, its dialect, its schema. Thread-safe. */
final class Database implements AutoCloseable {
    private final long serviceId;
    private final Pool pool;
    private final Dialect dialect;
    private final Schema schema;

    /** Work on a connection that gives something. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    Database(long serviceId, Pool pool, Dialect dialect) {
        this.serviceId = serviceId;
        this.pool = pool;
        this.dialect = dialect;
        this.schema = new Schema(this, dialect);
    }

    long serviceId() {
        return serviceId;
    }

    Dialect dialect() {
        return dialect;
    }

    /** JSON columns travel as trees. */
    boolean nativeJson() {
        return pool.nativeJson();
    }

    Schema schema() {
        return schema;
    }

    Pool pool() {
        return pool;
    }

    /** Does the work on a connection of its own and gives the connection back. Failures are said in general words. */
    <T> T with(Work<T> work) {
        try (Connection connection = pool.connection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** For failures that no table can explain. */
    RuntimeException failed(SQLException failure) {
        Fault fault = dialect.classify(failure);
        return fault instanceof Fault.UndefinedName
                ? new SchemaChanged(failure)
                : new FaultMessages(this).general(fault, failure);
    }

    /** For failures after the answer has begun, when nothing can be tried again. */
    ApiException failedLate(SQLException failure) {
        Fault fault = dialect.classify(failure);
        if (fault instanceof Fault.UndefinedName) {
            schema.forget();
        }
        return new FaultMessages(this).general(fault, failure);
    }

    ApiException unavailable(Throwable cause) {
        return pool.unavailable(cause);
    }

    ApiException brokenInWrite(Throwable cause) {
        return pool.brokenInWrite(cause);
    }

    @Override
    public void close() {
        pool.close();
    }
}
