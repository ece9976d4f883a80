package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.util.Map;

class F51_DatabaseDownPostgresTest extends DownContract {
    @Override
    DatabaseServer server() {
        return PostgresServer.get();
    }

    @Override
    String slowView() {
        return "CREATE VIEW slow AS SELECT 1 AS i FROM pg_sleep(10);";
    }

    @Override
    String guest(Map<String, Object> config) {
        return "DROP ROLE IF EXISTS guest;\nCREATE ROLE guest SUPERUSER LOGIN PASSWORD 'guest-secret';";
    }

    @Override
    String lockOut() {
        return "ALTER ROLE guest NOLOGIN";
    }

    @Override
    String letIn() {
        return "ALTER ROLE guest LOGIN";
    }
}
