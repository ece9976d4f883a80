package io.sluice.engine.js;

import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import java.time.Duration;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which scripts run: as many as there are slots, started when first needed. A run that comes from one of them (a
 * script's {@code platform.api} call led to another script) stays on it, so runs never wait for each other.
 */
final class ScriptThreads implements AutoCloseable {
    /** A run that is past its deadline ends within milliseconds, unless a call out of it hangs; then its caller goes on alone. */
    private static final long GRACE_NANOS = 2_000_000_000L;

    private final LinkedTransferQueue<Job> queue = new LinkedTransferQueue<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger stuck = new AtomicInteger();
    private final int slots;
    private volatile boolean closed;

    ScriptThreads(int slots) {
        this.slots = slots;
    }

    /** Does the work on a script thread and waits for its reply, or for the time to run out. */
    Run run(Limits limits, Job.Work work) {
        long began = System.nanoTime();
        Job job = new Job(work);
        if (ScriptThread.current() != null) {
            job.perform();
            return job.result();
        }
        if (closed) {
            throw new IllegalStateException("the JavaScript engine is closed");
        }
        hand(job);
        if (!job.awaited(limits.deadlineNanos()) && job.givenUp()) {
            return new Run(Outcomes.busy(slots, limits), job.console().lines(), since(began));
        }
        if (!job.awaited(limits.deadlineNanos() + GRACE_NANOS)) {
            replaceThreadOf(job);
            return new Run(
                    Outcomes.stopped(Run.Limit.TIME, limits), job.console().lines(), since(began));
        }
        return job.result();
    }

    static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void hand(Job job) {
        if (queue.tryTransfer(job)) {
            return;
        }
        queue.add(job);
        int running = started.getAndUpdate(number -> Math.min(slots, number + 1));
        if (running < slots) {
            new ScriptThread(this::work, running + 1).start();
        }
    }

    /**
     * A thread that cannot be freed (in a call of the platform that never ends; in a recursion that catches its own stack
     * overflows, since a cancel needs stack too) gets a successor, up to as many as there are slots, and ends with its run.
     */
    private void replaceThreadOf(Job job) {
        if (stuck.incrementAndGet() <= slots && job.leftBehind()) {
            started.decrementAndGet();
        } else {
            stuck.decrementAndGet();
        }
    }

    private void work() {
        while (!closed) {
            try {
                if (!queue.take().perform()) {
                    stuck.decrementAndGet();
                    return;
                }
            } catch (InterruptedException e) {
                // Only close() means it; an interrupt that came late from a stopped run ends here.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < started.get(); i++) {
            queue.add(new Job((console, reply) -> {}));
        }
    }
}
