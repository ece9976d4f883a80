package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;

class F44_SqlInjectionMariaTest extends InjectionContract {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }
}
