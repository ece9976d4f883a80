package io.sluice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema of the system database up to date with the files in {@code db/migration}. Flyway upgrades what exists; it costs a
 * second to start, so an empty database is made from the same files directly, and one that is current is left alone. The file's
 * {@code user_version} says how far it is; Flyway takes it as the baseline.
 */
final class Migrations {
    /** The files, in order; a test holds this list against the folder. */
    static final List<String> FILES = List.of(
            "V1__init.sql",
            "V2__schema_settings_cors_repeats.sql",
            "V3__script_siblings.sql",
            "V4__jobs.sql",
            "V5__key_values.sql",
            "V6__releases.sql",
            "V7__webhooks.sql",
            "V8__previous_versions.sql");

    private static final int NEWEST = number(FILES.getLast());

    private Migrations() {}

    /** 4 of {@code V4__jobs.sql}. */
    static int number(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf("__")));
    }

    static void run(String url) {
        try {
            int version = version(url);
            if (version == 0) {
                make(url);
            } else if (version < NEWEST) {
                upgrade(url, version, "classpath:db/migration");
                mark(url);
            } else if (version > NEWEST) {
                throw new IllegalStateException("the system database was made by a newer Sluice (its schema is "
                        + version + ", this one knows " + NEWEST + "): start that version, or restore a backup");
            }
        } catch (SQLException e) {
            throw new StoreException("the system database cannot be opened or brought up to date", e);
        }
    }

    static int version(String url) throws SQLException {
        try (Connection connection = Store.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma user_version")) {
            return row.getInt(1);
        }
    }

    /** All or nothing: a process that dies half way leaves an empty database. */
    private static void make(String url) throws SQLException {
        try (Connection connection = Store.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String file : FILES) {
                for (String sql : text(file).replaceAll("(?m)^--.*$", "").split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
            statement.execute("pragma user_version = " + NEWEST);
            connection.commit();
        }
    }

    /** Runs the files that are newer than that version. */
    static void upgrade(String url, int version, String... locations) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations(locations)
                .baselineOnMigrate(true)
                .baselineVersion(Integer.toString(version))
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static void mark(String url) throws SQLException {
        try (Connection connection = Store.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma user_version = " + NEWEST);
        }
    }

    private static String text(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/migration/" + file)) {
            if (in == null) {
                throw new IllegalStateException("db/migration/" + file + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("db/migration/" + file + " cannot be read", e);
        }
    }
}
