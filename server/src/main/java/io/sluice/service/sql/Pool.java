package io.sluice.service.sql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sluice.api.ApiException;
import io.sluice.service.Effects;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.sql.dialect.Address;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections of one service. Nothing is connected before the first call. Thread-safe. */
final class Pool implements AutoCloseable {
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final long TRY_EVERY_NANOS = 1_000_000_000L;

    private final String service;
    private final Dialect dialect;
    private final int timeout;
    private final HikariDataSource source = new HikariDataSource();
    private final AtomicLong nextTry = new AtomicLong();
    private volatile boolean down;
    private final boolean nativeJson;
    private volatile boolean driverSeen;

    /** {@code timeout} of a statement, in seconds. */
    Pool(ServiceDefinition definition, Dialect dialect, int timeout) {
        this.dialect = dialect;
        this.timeout = timeout;
        this.service = definition.name();
        this.nativeJson = definition.flag("native_json");
        source.setPoolName("sql-" + definition.name());
        source.setDataSource(new DriverSource(
                dialect, dialect.address(definition, timeout), Address.statements(definition, dialect)));
        source.setMaximumPoolSize(Address.wholeNumber(definition, "max_connections", 8, 1, 500));
        source.setMinimumIdle(1);
        int patience = Address.connectSeconds(definition);
        source.setConnectionTimeout(patience * 1_000L);
        // Whole seconds: drivers know no others.
        source.setValidationTimeout(Math.max(1, patience / 2) * 1_000L);
        source.setInitializationFailTimeout(-1);
    }

    boolean nativeJson() {
        return nativeJson;
    }

    /** A connection, or 503 after the service's {@code connect_timeout}; at once when there is no driver. */
    Connection connection() {
        requireDriver();
        refuseWhileDown();
        try {
            Connection connection = source.getConnection();
            down = false;
            try {
                dialect.limit(connection, timeout);
                Effects.begin();
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            throw active() >= source.getMaximumPoolSize() ? allTaken(e) : notReached(e);
        }
    }

    /** While the database is down one caller in a while waits for it; the others are told at once. The pool itself goes on trying. */
    private void refuseWhileDown() {
        if (down && idle() == 0) {
            long due = nextTry.get();
            long now = System.nanoTime();
            if (now - due < 0 || !nextTry.compareAndSet(due, now + TRY_EVERY_NANOS)) {
                throw gone(null);
            }
        }
    }

    private void requireDriver() {
        if (!driverSeen) {
            dialect.driver();
            driverSeen = true;
        }
    }

    private ApiException notReached(Throwable cause) {
        nextTry.set(System.nanoTime() + TRY_EVERY_NANOS);
        down = true;
        return gone(cause);
    }

    private ApiException allTaken(Throwable cause) {
        return ApiException.unavailable(
                "database_busy",
                "All connections of service '" + service + "' are in use. Try again in a moment.",
                RETRY_AFTER_SECONDS,
                cause);
    }

    /** The 503 for a connection that broke, or a database that says it is going down. */
    ApiException unavailable(Throwable cause) {
        discardIdle();
        return gone(cause);
    }

    private ApiException gone(@Nullable Throwable cause) {
        return ApiException.unavailable(
                "database_unavailable",
                "The database of service '" + service
                        + "' cannot be reached or refuses the login. Try again later; an administrator can check the service's config.",
                RETRY_AFTER_SECONDS,
                cause);
    }

    /** The 503 for a connection that broke while something was written. */
    ApiException brokenInWrite(Throwable cause) {
        discardIdle();
        return ApiException.unavailable(
                "database_unavailable",
                "The connection to the database of service '" + service
                        + "' broke during the write: it is not known whether this change was made. Look before you try again.",
                RETRY_AFTER_SECONDS,
                cause);
    }

    /** What broke one connection has as a rule broken the others: each would fail one more call. */
    private void discardIdle() {
        @Nullable HikariPoolMXBean pool = source.getHikariPoolMXBean();
        if (pool != null && !source.isClosed()) {
            pool.softEvictConnections();
        }
    }

    private int idle() {
        @Nullable HikariPoolMXBean pool = source.getHikariPoolMXBean();
        return pool == null ? 0 : pool.getIdleConnections();
    }

    /** Breaks a connection off in the middle of what it is doing; another will be made in its place. */
    void abandon(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
            source.evictConnection(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("a connection could not be broken off", e);
        }
    }

    /** Connections in use now. */
    int active() {
        @Nullable HikariPoolMXBean pool = source.getHikariPoolMXBean();
        return pool == null ? 0 : pool.getActiveConnections();
    }

    @Override
    public void close() {
        source.close();
    }
}
