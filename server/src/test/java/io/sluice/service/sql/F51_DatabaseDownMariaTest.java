package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.util.Map;

class F51_DatabaseDownMariaTest extends DownContract {
    @Override
    DatabaseServer server() {
        return MariaServer.get();
    }

    /** Sleeping rows, so that it is broken off between two of them. */
    @Override
    String slowView() {
        return "CREATE VIEW slow AS SELECT sleep(10) + id AS i FROM customer;";
    }

    @Override
    String guest(Map<String, Object> config) {
        return "CREATE OR REPLACE USER 'guest'@'127.0.0.1' IDENTIFIED BY 'guest-secret';\nGRANT ALL ON "
                + config.get("database") + ".* TO 'guest'@'127.0.0.1';";
    }

    @Override
    String lockOut() {
        return "ALTER USER 'guest'@'127.0.0.1' ACCOUNT LOCK";
    }

    @Override
    String letIn() {
        return "ALTER USER 'guest'@'127.0.0.1' ACCOUNT UNLOCK";
    }
}
