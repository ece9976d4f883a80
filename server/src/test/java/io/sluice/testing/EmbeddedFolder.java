package io.sluice.testing;

import io.sluice.service.ServiceDefinition;
import io.sluice.service.sql.dialect.Address;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.DropInDrivers;
import io.sluice.service.sql.dialect.DuckDb;
import io.sluice.service.sql.dialect.H2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files of H2 or DuckDB in a folder of a test; reached with the same settings as a service has, as both demand. */
public final class EmbeddedFolder implements DatabaseServer {
    private final AtomicInteger count = new AtomicInteger();
    private final Path folder;
    private final Dialect dialect;
    private final Map<String, Object> options;

    private EmbeddedFolder(Path folder, Dialect dialect, Map<String, Object> options) {
        this.folder = folder;
        this.dialect = dialect;
        this.options = options;
    }

    /** Names without quotes are in lower case, as in most databases. */
    public static EmbeddedFolder h2(Path folder) {
        return new EmbeddedFolder(folder, new H2(List.of(folder)), Map.of("DATABASE_TO_LOWER", "TRUE"));
    }

    public static EmbeddedFolder duckDb(Path folder) {
        DropInDrivers classPath = new DropInDrivers(folder.resolve("none"));
        return new EmbeddedFolder(folder, new DuckDb(List.of(folder), classPath), Map.of());
    }

    @Override
    public String type() {
        return dialect.name();
    }

    @Override
    public Map<String, Object> newDatabase() {
        return Map.of("database", "t" + count.incrementAndGet() + ".file", "options", options);
    }

    @Override
    public void empty(Map<String, Object> config) {
        files(String.valueOf(config.get("database")), file -> {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void files(String name, Consumer<Path> each) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith(name)).forEach(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run(Map<String, Object> config, String statements) {
        Address address = dialect.address(new ServiceDefinition(1, "test", "", "", type(), true, config), 30);
        try (Connection connection = dialect.driver().connect(address.url(), address.properties())) {
            Statements.run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
