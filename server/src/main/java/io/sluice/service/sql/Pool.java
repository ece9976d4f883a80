package io.sluice.service.sql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.sql.dialect.Address;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The connections of one service. Nothing is connected before the first call. Thread-safe. */
final class Pool implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final String service;
    private final Dialect dialect;
    private final int timeout;
    private final HikariDataSource source = new HikariDataSource();
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
        source.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        source.setInitializationFailTimeout(-1);
    }

    boolean nativeJson() {
        return nativeJson;
    }

    /** A connection, or 503 after five seconds; at once when there is no driver. */
    Connection connection() {
        requireDriver();
        try {
            Connection connection = source.getConnection();
            try {
                dialect.limit(connection, timeout);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            throw unavailable(e);
        }
    }

    private void requireDriver() {
        if (!driverSeen) {
            dialect.driver();
            driverSeen = true;
        }
    }

    /** The 503 for a database that is gone, or whose connections are all taken. */
    ApiException unavailable(Throwable cause) {
        return busy()
                ? ApiException.unavailable(
                        "database_busy",
                        "All connections of service '" + service + "' are in use. Try again in a moment.",
                        RETRY_AFTER_SECONDS,
                        cause)
                : ApiException.unavailable(
                        "database_unavailable",
                        "The database of service '" + service
                                + "' cannot be reached or refuses the login. Try again later; an administrator can check the service's config.",
                        RETRY_AFTER_SECONDS,
                        cause);
    }

    private boolean busy() {
        return active() >= source.getMaximumPoolSize();
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
