package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;

/** Fault F45 where another name, or another table, stands before the one that is closed. */
class F45_JunctionsAliasesSqliteTest extends NamedRightsContract {
    @Override
    DatabaseServer server(Path root) {
        return new SqliteFolder(root);
    }
}
