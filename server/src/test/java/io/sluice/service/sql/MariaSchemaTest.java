package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;

class MariaSchemaTest extends SchemaContract {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }
}
