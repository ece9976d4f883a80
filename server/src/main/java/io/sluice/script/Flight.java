package io.sluice.script;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A look at one script's source that is under way; any number of callers wait for it. */
final class Flight {
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean overdue = new AtomicBoolean();
    private final long begunNanos = System.nanoTime();

    /** The source answered; compiling and promoting are left. */
    void hasRead() {
        read.countDown();
    }

    void land() {
        read.countDown();
        done.countDown();
    }

    /** How a wait ended. */
    enum Landing {
        DONE,
        /** The source did not answer in time. */
        SILENT,
        /** The source answered, but what it sent was not compiled in time. */
        UNFINISHED
    }

    /**
     * Waits until the source has answered, then for the rest.
     *
     * @param forSource as counted from the beginning of the look
     * @param forRest as counted from the source's answer
     * @param deadlineNanos for both together, as of {@link System#nanoTime}
     */
    Landing await(Duration forSource, Duration forRest, long deadlineNanos) {
        try {
            long sourceNanos = begunNanos + forSource.toNanos() - System.nanoTime();
            if (!read.await(Math.min(sourceNanos, left(deadlineNanos)), TimeUnit.NANOSECONDS)) {
                return Landing.SILENT;
            }
            return done.await(Math.min(forRest.toNanos(), left(deadlineNanos)), TimeUnit.NANOSECONDS)
                    ? Landing.DONE
                    : Landing.UNFINISHED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return read.getCount() > 0 ? Landing.SILENT : Landing.UNFINISHED;
        }
    }

    /** True for the first who finds that it takes too long. */
    boolean firstOverdue() {
        return overdue.compareAndSet(false, true);
    }

    private static long left(long deadlineNanos) {
        return deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
    }
}
