package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Address;
import io.sluice.service.sql.dialect.Dialect;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections straight from one driver, with the service's own statements run on each. Not by way of
 * {@code DriverManager}, which would load and start every driver on the class path.
 */
record DriverSource(Dialect dialect, Address address, List<String> statements) implements DataSource {
    private static final int CLOSING_SECONDS = 5;

    @Override
    public Connection getConnection() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(address.properties());
        @Nullable Connection connection = dialect.driver().connect(address.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not know this kind of address", "08001");
        }
        try {
            dialect.opened(connection);
            run(connection, address.statements());
            run(connection, statements);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the login is part of the address");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    /** How long the pool waits for connections in the making when it is closed. */
    @Override
    public int getLoginTimeout() {
        return CLOSING_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> wanted) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> wanted) {
        return false;
    }

    @Override
    public String toString() {
        return "connections to " + dialect.label();
    }
}
