package io.sluice.engine.js;

import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which scripts run: as many as there are slots, started when first needed. A run that comes from one of them (a
 * script's {@code platform.api} call led to another script) stays on it, so runs never wait for each other.
 */
final class ScriptThreads {
    private static final Duration CLOSE_STEP = Duration.ofMillis(20);

    /** A run that is being stopped ends within milliseconds, unless a built-in function works on; then its caller goes on alone. */
    private static final long GRACE_NANOS = 150_000_000L;

    /** So does that of a run whose call out of it overruns its own deadline by so much. */
    private static final long CALL_GRACE_NANOS = 2_000_000_000L;

    private final LinkedTransferQueue<Job> queue = new LinkedTransferQueue<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final Set<ScriptThread> threads = ConcurrentHashMap.newKeySet();
    private final Overdue overdue;
    private final Watchdog watchdog;
    private final int slots;
    private volatile boolean closed;

    ScriptThreads(int slots, Watchdog watchdog) {
        this.slots = slots;
        this.watchdog = watchdog;
        this.overdue = new Overdue(slots, this::startThread);
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
            throw isClosed();
        }
        try {
            return handed(job, limits, began);
        } finally {
            watchdog.forget(job);
        }
    }

    private Run handed(Job job, Limits limits, long began) {
        watchdog.wakeAt(limits.deadlineNanos(), job);
        hand(job);
        if (closed) {
            refuseWaiting();
        }
        if (!job.awaited(limits.deadlineNanos()) && job.givenUp()) {
            return new Run(Outcomes.busy(slots, limits), job.console().lines(), since(began));
        }
        boolean ended = ended(job, limits.deadlineNanos() + GRACE_NANOS)
                || !job.isBeingStopped() && ended(job, limits.deadlineNanos() + CALL_GRACE_NANOS);
        if (!ended) {
            overdue.add(job);
            return new Run(
                    Outcomes.stopped(Run.Limit.TIME, limits), job.console().lines(), since(began));
        }
        return job.result();
    }

    private boolean ended(Job job, long untilNanos) {
        watchdog.wakeAt(untilNanos, job);
        return job.awaited(untilNanos);
    }

    static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static IllegalStateException isClosed() {
        return new IllegalStateException("the JavaScript engine is closed");
    }

    /** Nobody will take them any more. */
    private void refuseWaiting() {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            job.refuse(isClosed());
        }
    }

    private void hand(Job job) {
        if (queue.tryTransfer(job)) {
            return;
        }
        queue.add(job);
        int running = started.getAndUpdate(number -> Math.min(slots, number + 1));
        if (running < slots) {
            startThread();
        }
    }

    private void startThread() {
        ScriptThread thread = new ScriptThread(this::work, names.incrementAndGet());
        threads.add(thread);
        thread.start();
    }

    private void work() {
        boolean mine = true;
        while (!closed && mine) {
            try {
                mine = queue.take().perform();
            } catch (InterruptedException e) {
                // Only close() means it; an interrupt that came late from a stopped run ends here.
            }
        }
        if (!mine) {
            overdue.freed();
        }
        threads.remove(Thread.currentThread());
    }

    /** Ends all runs and threads; false when one has not obeyed after that time. */
    boolean closed(Duration patience) {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        for (ScriptThread thread : threads) {
            while (thread.isAlive() && deadline - System.nanoTime() > 0) {
                end(thread);
            }
        }
        refuseWaiting();
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** The innermost run first; the one around it is asked the next time. */
    private static void end(ScriptThread thread) {
        Watch watch = thread.watch();
        if (watch != null) {
            watch.cancel();
        } else {
            thread.interrupt();
        }
        try {
            thread.join(CLOSE_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
