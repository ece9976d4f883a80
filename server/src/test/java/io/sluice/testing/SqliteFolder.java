package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** SQLite files in a folder of a test. */
public final class SqliteFolder implements DatabaseServer {
    private final AtomicInteger count = new AtomicInteger();
    private final Path folder;

    public SqliteFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public String type() {
        return "sqlite";
    }

    @Override
    public Map<String, Object> newDatabase() {
        return Map.of("database", "t" + count.incrementAndGet() + ".db");
    }

    @Override
    public void empty(Map<String, Object> config) {
        try {
            Files.deleteIfExists(folder.resolve(String.valueOf(config.get("database"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run(Map<String, Object> config, String statements) {
        Path file = folder.resolve(String.valueOf(config.get("database")));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Statements.run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
