package io.sluice.engine.process;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** How many workers there may be on this server, over all pools. One that idles makes place for one that is needed. Thread-safe. */
public final class Places implements AutoCloseable {
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Semaphore free;
    private final int most;
    private final Duration idle;
    private final Set<WorkerPool<?>> pools = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("worker-idle").unstarted(this::endIdle);
    private volatile boolean closed;

    /** @param idle after which a worker that served nobody is ended */
    public static Places of(int most, Duration idle) {
        Places places = new Places(most, idle);
        places.thread.start();
        return places;
    }

    private Places(int most, Duration idle) {
        this.free = new Semaphore(most);
        this.most = most;
        this.idle = idle;
    }

    public int most() {
        return most;
    }

    void opened(WorkerPool<?> pool) {
        pools.add(pool);
    }

    void closed(WorkerPool<?> pool) {
        pools.remove(pool);
    }

    /** Never waits. */
    boolean enter() {
        return free.tryAcquire() || (pools.stream().anyMatch(WorkerPool::endOneIdle) && free.tryAcquire());
    }

    void leave() {
        free.release();
    }

    private void endIdle() {
        while (!closed) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            pools.forEach(pool -> pool.endIdleSince(System.nanoTime() - idle.toNanos()));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        pools.forEach(WorkerPool::close);
    }
}
