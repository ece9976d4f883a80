package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;

class F49_PartialBatchFailureSqliteTest extends PartialBatchContract {
    @Override
    DatabaseServer server(Path root) {
        return new SqliteFolder(root);
    }
}
