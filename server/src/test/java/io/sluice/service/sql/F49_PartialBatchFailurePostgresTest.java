package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class F49_PartialBatchFailurePostgresTest extends PartialBatchContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }

    @Test
    void the_connection_dies_in_the_middle_of_a_batch() {
        theConnectionDies();
    }
}
