package io.sluice.service.file.connected;

import java.util.concurrent.atomic.AtomicBoolean;

/** A connection for one call. Given back once, however often it is closed. */
final class Lease implements AutoCloseable {
    private final Connections owner;
    private final Connection connection;
    private final AtomicBoolean over = new AtomicBoolean();

    Lease(Connections owner, Connection connection) {
        this.owner = owner;
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            owner.giveBack(connection);
        }
    }
}
