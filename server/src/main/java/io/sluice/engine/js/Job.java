package io.sluice.engine.js;

import io.sluice.engine.Run;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run on its way from the thread that wants it to a script thread and back. */
final class Job {
    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int GIVEN_UP = 2;
    private static final int ENDED = 3;
    private static final int LEFT_BEHIND = 4;

    /** What is to be done: print to the console, reply once; the caller goes on at the reply, tidying up comes after it. */
    interface Work {
        void run(Console console, Consumer<Run> reply);
    }

    private final Work work;
    private final Thread caller = Thread.currentThread();
    private final Console console = new Console();
    private final AtomicInteger state = new AtomicInteger(WAITING);
    private volatile @Nullable ScriptThread runner;
    private @Nullable Run run;
    private @Nullable Throwable failure;
    private volatile boolean done;
    private volatile long wakeAt = Long.MAX_VALUE;

    Job(Work work) {
        this.work = work;
    }

    /** Whether its innermost run is to end and can do nothing more but go on in a built-in function. */
    boolean isBeingStopped() {
        ScriptThread thread = runner;
        Watch watch = thread == null ? null : thread.watch();
        return watch != null && watch.stopping();
    }

    /** On the script thread. Answers false when the caller has left it behind there: that thread was replaced meanwhile. */
    boolean perform() {
        if (!state.compareAndSet(WAITING, TAKEN)) {
            return true;
        }
        runner = ScriptThread.current();
        try {
            work.run(console, this::reply);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return state.compareAndSet(TAKEN, ENDED);
    }

    private void reply(Run result) {
        run = result;
        finish();
    }

    private void fail(Throwable cause) {
        if (!done) {
            failure = cause;
            finish();
        }
    }

    private void finish() {
        done = true;
        LockSupport.unpark(caller);
    }

    /** When {@link #wakeIfLate} wakes the caller, as of {@link System#nanoTime}. */
    void wakeAt(long nanos) {
        wakeAt = nanos;
    }

    /** Called by the watchdog: cheaper than a timer for each run. */
    void wakeIfLate(long now) {
        if (now - wakeAt >= 0) {
            LockSupport.unpark(caller);
        }
    }

    /**
     * Parks the caller until the reply; false when it did not come by then, for which the watchdog has to know that time. An
     * interrupt of the caller is kept for later.
     */
    boolean awaited(long deadlineNanos) {
        boolean interrupted = false;
        while (!done && deadlineNanos - System.nanoTime() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    /** Takes it back; false when a script thread has it already. */
    boolean givenUp() {
        return state.compareAndSet(WAITING, GIVEN_UP);
    }

    /** Ends it before it has begun, with this as the caller's failure; nothing when it has begun. */
    void refuse(IllegalStateException why) {
        if (givenUp()) {
            fail(why);
        }
    }

    /** Leaves it where it runs, for good; false when it has ended just now. */
    boolean leftBehind() {
        return state.compareAndSet(TAKEN, LEFT_BEHIND);
    }

    Console console() {
        return console;
    }

    /** The reply; what the work threw is thrown here. To be called when done. */
    Run result() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause != null) {
            throw new IllegalStateException("the script engine failed", cause);
        }
        return java.util.Objects.requireNonNull(run);
    }
}
