package io.sluice.store;

import org.flywaydb.core.Flyway;

/** Brings the schema of the system database up to date with the files in {@code db/migration}. */
final class Migrations {
    private Migrations() {}

    static void run(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .loggers("slf4j")
                .load()
                .migrate();
    }
}
