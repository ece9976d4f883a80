package io.sluice.engine.php;

import io.sluice.engine.Compilation;
import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has a text compiled by the first worker of its program, which keeps what it compiled. */
final class PhpCompiler {
    private static final long MILLIS = 20_000;
    private static final long MEMORY = 256L << 20;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final PhpRuntime runtime;
    private final long millis;

    PhpCompiler(PhpRuntime runtime) {
        this(runtime, MILLIS);
    }

    /** @param millis for a worker to become free and to compile the text */
    PhpCompiler(PhpRuntime runtime, long millis) {
        this.runtime = runtime;
        this.millis = millis;
    }

    Compilation compile(SourceSet source) {
        PhpBox box = PhpBox.fill(runtime.newFolder(), source);
        WorkerPool<PhpWorker> pool = runtime.pool(box, List.of());
        boolean compiled = false;
        try {
            Optional<Compilation> objection = objection(pool, box);
            compiled = objection.isEmpty();
            return compiled ? new Compilation.Compiled(new PhpProgram(runtime, box, pool)) : objection.get();
        } finally {
            if (!compiled) {
                pool.close();
                box.close();
            }
        }
    }

    /** Why it is no program, or cannot be compiled now. A second worker tells a text that kills from a worker that was killed. */
    private Optional<Compilation> objection(WorkerPool<PhpWorker> pool, PhpBox box) {
        Checking first = check(pool, box);
        Checking last = first instanceof Checking.Died ? check(pool, box) : first;
        return switch (last) {
            case Checking.Told(Optional<Compilation> objection) -> objection;
            case Checking.Died(String why) -> Optional.of(new Compilation.Refused(why, 0, 0));
        };
    }

    /** What came of having it compiled. */
    private sealed interface Checking {
        record Told(Optional<Compilation> objection) implements Checking {}

        /** The worker ended before it answered. */
        record Died(String why) implements Checking {}
    }

    private Checking check(WorkerPool<PhpWorker> pool, PhpBox box) {
        Limits limits = new Limits(System.nanoTime() + millis * 1_000_000, millis, MEMORY);
        Optional<PhpWorker> taken;
        try {
            taken = pool.take(limits.deadlineNanos(), false);
        } catch (IllegalStateException | UncheckedIOException e) {
            return notNow("no worker could be started to compile it: " + e.getMessage());
        }
        if (taken.isEmpty()) {
            return notNow("no worker was free to compile it");
        }
        PhpWorker worker = taken.get();
        boolean reusable = false;
        Watch watch = runtime.watchdog().watch(worker.child(), PhpProgram.watched(limits));
        try (watch) {
            worker.begin("check", MEMORY, millis);
            Checking answer = answer(worker, new Words(box));
            reusable = answer instanceof Checking.Told(Optional<Compilation> objection)
                    && objection.isEmpty()
                    && worker.reusable()
                    && watch.tripped().isEmpty();
            return answer;
        } catch (IOException e) {
            return watch.tripped().filter(Run.Limit.TIME::equals).isPresent()
                    ? notNow("it was not compiled within " + millis + " ms")
                    : new Checking.Died("PHP ended while it compiled the text");
        } finally {
            if (reusable) {
                pool.giveBack(worker);
            } else {
                pool.discard(worker);
            }
        }
    }

    private static Checking notNow(String why) {
        return new Checking.Told(Optional.of(new Compilation.NotNow(why, AGAIN)));
    }

    private static Checking answer(PhpWorker worker, Words words) throws IOException {
        Checking answer = new Checking.Died("PHP did not say whether it is a program");
        while (true) {
            switch (worker.hear()) {
                case Heard.Message message -> {
                    answer = new Checking.Told(
                            message.kind() == 'K'
                                    ? Optional.empty()
                                    : Optional.of(words.refused(
                                            EventJson.read(message.bytes(), 1, message.bytes().length - 1))));
                    worker.endOfMessages();
                }
                case Heard.Over over -> {
                    return answer;
                }
                case Heard.Printed printed -> {}
                case Heard.Logged logged -> {}
                case Heard.TooMuch much -> throw new IOException("PHP said too much");
            }
        }
    }
}
