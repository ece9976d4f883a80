package io.sluice.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** Brings the schema of the system database up to date with the files in {@code db/migration}. */
final class Migrations {
    /** The version of the newest file. A database that has it is not shown to Flyway, whose start would double ours. */
    static final String NEWEST = "1";

    private Migrations() {}

    static void run(String url) {
        if (!isCurrent(url)) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }

    static boolean isCurrent(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet history = connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
            return history.next() && hasNewest(connection);
        } catch (SQLException e) {
            throw new StoreException("the system database cannot be opened", e);
        }
    }

    private static boolean hasNewest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select version, success from flyway_schema_history"
                        + " where version is not null order by installed_rank desc")) {
            return rows.next() && rows.getBoolean("success") && NEWEST.equals(rows.getString("version"));
        }
    }
}
