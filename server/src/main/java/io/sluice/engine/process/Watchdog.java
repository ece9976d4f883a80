package io.sluice.engine.process;

import io.sluice.engine.Limits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at children that serve a run and kills those that outrun its limits, within some 20 ms. One thread for all. Thread-safe. */
public final class Watchdog implements AutoCloseable {
    private static final long STEP_NANOS = 10_000_000;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("worker-watchdog").unstarted(this::look);
    private volatile boolean idle = true;
    private volatile boolean closed;

    public static Watchdog start() {
        Watchdog watchdog = new Watchdog();
        watchdog.thread.start();
        return watchdog;
    }

    private Watchdog() {}

    /** From now until the watch is closed; as long it may reach the hosts that it may reach at all. */
    public Watch watch(Child child, Limits limits) {
        child.letOut();
        Watch watch = new Watch(child, limits, watches::remove);
        watches.add(watch);
        if (idle) {
            LockSupport.unpark(thread);
        }
        return watch;
    }

    private void look() {
        while (!closed) {
            idle = watches.isEmpty();
            if (idle && watches.isEmpty()) {
                LockSupport.park(this);
            } else {
                idle = false;
                watches.forEach(Watch::look);
                LockSupport.parkNanos(this, STEP_NANOS);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
