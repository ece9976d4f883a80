package io.sluice.engine.js;

import io.sluice.engine.Limits;
import io.sluice.engine.Run.Limit;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/** One run under its limits: what the watchdog looks at. The run's own thread begins and ends it. */
final class Watch {
    /** A call out of the script knows its deadline itself; only one that overruns it by so much is interrupted. */
    private static final long CALL_GRACE_NANOS = 1_000_000_000L;

    private final Context context;
    private final Limits limits;
    private final Thread thread = Thread.currentThread();
    private final long allocatedBefore;
    private volatile boolean calling;
    private @Nullable Limit tripped;
    private @Nullable Thread stopper;
    private boolean ended;

    Watch(Context context, Limits limits) {
        this.context = context;
        this.limits = limits;
        this.allocatedBefore = Watchdog.allocated(thread);
    }

    Limits limits() {
        return limits;
    }

    long bytesLeft() {
        return limits.memoryBytes() - (Watchdog.allocated(thread) - allocatedBefore);
    }

    /** Whether the run is to end, for whatever reason. */
    synchronized boolean stopping() {
        return stopper != null;
    }

    synchronized @Nullable Limit tripped() {
        return tripped;
    }

    /** The script's thread enters or leaves a call of the platform. */
    void calling(boolean now) {
        calling = now;
    }

    /** Stops the run when it is over a limit. Called by the watchdog, and by Java code that works long for a script. */
    void check(long now) {
        long over = now - limits.deadlineNanos();
        if (calling && over < CALL_GRACE_NANOS) {
            return;
        }
        if (over >= 0) {
            trip(Limit.TIME);
        } else if (bytesLeft() < 0) {
            trip(Limit.MEMORY);
        }
    }

    /** Ends the run. The waiting for its thread to obey is done by a thread of its own, so that other runs stay watched. */
    synchronized void trip(Limit limit) {
        if (tripped == null && !ended) {
            tripped = limit;
            cancel();
        }
    }

    /** Ends the run because the engine closes. */
    synchronized void cancel() {
        if (stopper == null && !ended) {
            stopper = Thread.ofPlatform().daemon().name("script-stop").start(this::stop);
        }
    }

    /**
     * Cancels, rather than interrupts: an interrupt runs the script's {@code finally} blocks, in which it can go on for ever, and
     * a cancel that comes after it finds the same.
     */
    private void stop() {
        context.close(true);
    }

    /** To be called with the context left. After it, the thread bears no mark of the stop. */
    void end() {
        Thread stopping;
        synchronized (this) {
            ended = true;
            stopping = stopper;
        }
        if (stopping != null) {
            join(stopping);
            Thread.interrupted();
        }
    }

    private static void join(Thread stopping) {
        while (stopping.isAlive()) {
            try {
                stopping.join();
            } catch (InterruptedException e) {
                // The interrupt that the stopper just sent; it has done its work.
            }
        }
    }
}
