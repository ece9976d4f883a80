package io.sluice.engine.python;

import io.sluice.engine.Invocation;
import io.sluice.engine.Nesting;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.process.Stopped;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled script with workers that run nothing else. */
final class PythonProgram implements Program {
    private final PythonRuntime runtime;
    private final byte[] script;
    private final Optional<Path> packages;
    private @Nullable Workers workers;
    private boolean closed;

    /** The memory and the hosts that a record grants are set when a process starts, so others mean other workers. */
    private record Workers(long memoryBytes, List<String> outbound, WorkerPool<PythonWorker> pool) {
        boolean grant(Invocation invocation) {
            return memoryBytes == invocation.limits().memoryBytes() && outbound.equals(invocation.outbound());
        }
    }

    PythonProgram(PythonRuntime runtime, byte[] script, Optional<Path> packages) {
        this.runtime = runtime;
        this.script = script;
        this.packages = packages;
    }

    @Override
    public Run run(Invocation invocation) {
        long began = System.nanoTime();
        WorkerPool<PythonWorker> pool = pool(invocation);
        Optional<PythonWorker> taken = pool.take(invocation.limits().deadlineNanos(), Nesting.isInside());
        if (taken.isEmpty()) {
            return new Run(
                    Stopped.by(Limit.BUSY, invocation.limits()),
                    List.of(),
                    Duration.ofNanos(System.nanoTime() - began));
        }
        PythonWorker worker = taken.get();
        long waited = System.nanoTime() - began;
        PythonRun run = new PythonRun(worker, invocation);
        try (Watch watch = runtime.watchdog().watch(worker.child(), invocation.limits())) {
            return Stopped.afterWaiting(waited, run.run(watch, began), invocation.limits());
        } finally {
            settle(pool, worker, run.reusable());
        }
    }

    private static void settle(WorkerPool<PythonWorker> pool, PythonWorker worker, boolean reusable) {
        if (reusable) {
            pool.giveBack(worker);
        } else {
            pool.discard(worker);
            pool.startAheadMeanwhile();
        }
    }

    private synchronized WorkerPool<PythonWorker> pool(Invocation invocation) {
        Workers known = workers;
        if (known != null && known.grant(invocation)) {
            return known.pool();
        }
        if (known != null) {
            known.pool().close();
        }
        long memoryBytes = invocation.limits().memoryBytes();
        WorkerPool<PythonWorker> pool = runtime.pool(script, packages, memoryBytes, invocation.outbound());
        workers = new Workers(memoryBytes, invocation.outbound(), pool);
        if (closed) {
            pool.close();
        }
        return pool;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Workers known = workers;
        if (known != null) {
            known.pool().close();
        }
    }
}
