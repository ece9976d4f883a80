package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;

class PostgresSchemaTest extends SchemaContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }
}
