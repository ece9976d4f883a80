package io.sluice.service.file.connected;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A bounded number of connections to one server. Those that are given back are kept for a while. Thread-safe. */
final class Connections implements AutoCloseable {
    /** How many a service has at most: polite to servers that bound them for each user or address. */
    static final int MOST = 8;

    private final Server server;
    private final Connector connector;
    private final Duration idle;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Kept> kept = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    private record Kept(Connection connection, long since) {}

    /** {@code idle}: how long one is kept that nobody uses. */
    Connections(Server server, Connector connector, Duration idle) {
        this.server = server;
        this.connector = connector;
        this.idle = idle;
    }

    /** A connection that answers: a kept one, or a new one in place of those that died while nobody looked. */
    Lease take() throws IOException {
        acquire();
        try {
            return new Lease(this, living());
        } catch (IOException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private void acquire() throws IOException {
        try {
            if (!free.tryAcquire(server.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw StoreFailure.unreachable("all its " + MOST + " connections are in use", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a connection");
        }
    }

    private Connection living() throws IOException {
        @Nullable Kept last = kept.pollLast();
        if (last == null) {
            return server.connect(connector);
        }
        if (last.connection().answers()) {
            return last.connection();
        }
        last.connection().close();
        closeKept(); // what the server did to one it most likely did to all
        return server.connect(connector);
    }

    void giveBack(Connection connection) {
        if (connection.usable() && !closed) {
            kept.addLast(new Kept(connection, System.nanoTime()));
            sweepLater();
        } else {
            connection.close();
        }
        free.release();
        if (closed) {
            closeKept();
        }
    }

    /** There is a sweeper as long as there is something to sweep. */
    private void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            Thread.ofVirtual().name("idle-connections").start(this::sweep);
        }
    }

    private void sweep() {
        for (Kept oldest = kept.peekFirst(); oldest != null; oldest = kept.peekFirst()) {
            long left = idle.toNanos() - (System.nanoTime() - oldest.since());
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (kept.remove(oldest)) {
                oldest.connection().close();
            }
        }
        sweeping.set(false);
        if (!kept.isEmpty()) {
            sweepLater();
        }
    }

    private void closeKept() {
        for (Kept one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
            one.connection().close();
        }
    }

    /** Closes those that are kept; those in use close when they are given back. */
    @Override
    public void close() {
        closed = true;
        closeKept();
        connector.close();
    }
}
