package io.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads SQL from standard input into the database of the one argument, a JDBC address: what psql would do for the conformance kit. */
public final class LoadSql {
    private LoadSql() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        String sql = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = 15000");
            statement.execute(sql);
        }
    }
}
