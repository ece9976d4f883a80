package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MySqlServer;
import java.nio.file.Path;

/** MySQL 8 itself; what it has in common with MariaDB is tested there, too. */
class MySqlDatabaseTest extends DatabaseContract {
    @Override
    DatabaseServer server(Path root) {
        return MySqlServer.get();
    }
}
