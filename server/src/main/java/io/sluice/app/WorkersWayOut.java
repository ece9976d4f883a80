package io.sluice.app;

import io.sluice.engine.process.WayOut;
import io.sluice.outbound.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Joins worker processes to the room that judges where calls may go. */
final class WorkersWayOut implements WayOut {
    @Override
    public Optional<Door> open(Path socket, List<String> hosts) throws IOException {
        return Optional.of(new GateDoor(Gate.at(socket, hosts)));
    }

    private record GateDoor(Gate gate) implements Door {
        @Override
        public void open() {
            gate.open();
        }

        @Override
        public void shut() {
            gate.shut();
        }

        @Override
        public void close() {
            gate.close();
        }
    }
}
