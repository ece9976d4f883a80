package io.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads SQL from standard input into the database of the one argument, a JDBC address: what psql and mysql would do for the
 * conformance kit.
 */
public final class LoadSql {
    private LoadSql() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        String sql = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        boolean postgres = arguments[0].startsWith("jdbc:postgresql:");
        String address = postgres ? arguments[0] : arguments[0] + "&allowMultiQueries=true";
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute(postgres ? "set lock_timeout = 15000" : "set lock_wait_timeout = 15");
            statement.execute(sql);
        }
    }
}
