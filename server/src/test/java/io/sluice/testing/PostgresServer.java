package io.sluice.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** One PostgreSQL for all tests of this JVM, started when first asked for, stopped when the JVM ends. */
public final class PostgresServer implements DatabaseServer {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    private static final class Holder {
        static final PostgresServer ONLY = start();
    }

    /** The server; on a machine for which no binaries are on the class path the test is skipped. */
    public static PostgresServer get() {
        boolean here = PostgresServer.class.getResource("/postgres-linux-x86_64.txz") != null
                || PostgresServer.class.getResource("/postgres-linux-arm_64.txz") != null
                || PostgresServer.class.getResource("/postgres-darwin-arm_64.txz") != null
                || PostgresServer.class.getResource("/postgres-darwin-x86_64.txz") != null
                || PostgresServer.class.getResource("/postgres-windows-x86_64.txz") != null;
        Assumptions.assumeTrue(here, "no PostgreSQL for this machine on the class path");
        return Holder.ONLY;
    }

    private static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String type() {
        return "pgsql";
    }

    @Override
    public Map<String, Object> newDatabase() {
        String name = "t" + COUNT.incrementAndGet();
        runIn("postgres", "CREATE DATABASE " + name);
        return Map.of(
                "host", "127.0.0.1",
                "port", server.getPort(),
                "database", name,
                "username", "postgres",
                "password", "postgres");
    }

    @Override
    public void empty(Map<String, Object> config) {
        run(config, "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public");
    }

    @Override
    public void run(Map<String, Object> config, String statements) {
        runIn(String.valueOf(config.get("database")), statements);
    }

    private void runIn(String database, String statements) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection()) {
            Statements.run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
