package io.sluice.engine.php;

import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Nesting;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.process.Stopped;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A compiled script with workers that run nothing else. Each run finds PHP as if it had just started, so there is nothing to be strict about. */
final class PhpProgram implements Program {
    private final PhpRuntime runtime;
    private final PhpBox box;
    private Workers workers;
    private boolean closed;

    /** The hosts that a record grants are set when a process starts, so others mean other workers. */
    private record Workers(List<String> outbound, WorkerPool<PhpWorker> pool) {}

    /** @param pool of workers that reach no host */
    PhpProgram(PhpRuntime runtime, PhpBox box, WorkerPool<PhpWorker> pool) {
        this.runtime = runtime;
        this.box = box;
        this.workers = new Workers(List.of(), pool);
    }

    @Override
    public Run run(Invocation invocation) {
        long began = System.nanoTime();
        Limits limits = invocation.limits();
        WorkerPool<PhpWorker> pool = pool(invocation.outbound());
        Optional<PhpWorker> taken = pool.take(limits.deadlineNanos(), Nesting.isInside());
        if (taken.isEmpty()) {
            return new Run(Stopped.by(Limit.BUSY, limits), List.of(), Duration.ofNanos(System.nanoTime() - began));
        }
        long waited = System.nanoTime() - began;
        PhpWorker worker = taken.get();
        boolean reusable = false;
        try (Watch watch = runtime.watchdog().watch(worker.child(), watched(limits))) {
            PhpRun run = new PhpRun(worker, invocation, box, watch);
            runtime.objection(invocation.outbound()).ifPresent(run::warn);
            Run ended = run.run(began);
            reusable = run.reusable();
            return Stopped.afterWaiting(waited, ended, limits);
        } finally {
            settle(pool, worker, reusable);
        }
    }

    /** PHP keeps the memory limit itself; the watchdog sees to what is outside of its reach. */
    static Limits watched(Limits limits) {
        return new Limits(limits.deadlineNanos(), limits.timeoutMillis(), limits.memoryBytes() + PhpRuntime.OWN_BYTES);
    }

    private static void settle(WorkerPool<PhpWorker> pool, PhpWorker worker, boolean reusable) {
        if (reusable) {
            pool.giveBack(worker);
        } else {
            pool.discard(worker);
            pool.startAheadMeanwhile();
        }
    }

    private synchronized WorkerPool<PhpWorker> pool(List<String> outbound) {
        if (workers.outbound().equals(outbound)) {
            return workers.pool();
        }
        workers.pool().close();
        workers = new Workers(outbound, runtime.pool(box, outbound));
        if (closed) {
            workers.pool().close();
        }
        return workers.pool();
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.pool().close();
        box.close();
    }
}
