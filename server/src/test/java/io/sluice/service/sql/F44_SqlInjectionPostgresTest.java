package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;

class F44_SqlInjectionPostgresTest extends InjectionContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }
}
