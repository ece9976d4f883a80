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

    /**
     * Waits, as counted from the beginning of the look, until the source has answered, then for the rest.
     *
     * @return false when time ran out first
     */
    boolean await(Duration forSource, long deadlineNanos) {
        try {
            long sourceNanos = begunNanos + forSource.toNanos() - System.nanoTime();
            return read.await(Math.min(sourceNanos, left(deadlineNanos)), TimeUnit.NANOSECONDS)
                    && done.await(left(deadlineNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
