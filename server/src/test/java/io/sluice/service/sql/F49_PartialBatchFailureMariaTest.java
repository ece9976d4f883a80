package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class F49_PartialBatchFailureMariaTest extends PartialBatchContract {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }

    @Test
    void the_connection_dies_in_the_middle_of_a_batch() {
        theConnectionDies();
    }
}
