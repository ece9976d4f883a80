package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;

class SqliteSchemaTest extends SchemaContract {
    @Override
    DatabaseServer server(Path root) {
        return new SqliteFolder(root);
    }
}
