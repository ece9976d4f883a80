package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.EmbeddedFolder;
import java.nio.file.Path;

class DuckDbDatabaseTest extends DatabaseContract {
    @Override
    DatabaseServer server(Path root) {
        return EmbeddedFolder.duckDb(root);
    }
}
