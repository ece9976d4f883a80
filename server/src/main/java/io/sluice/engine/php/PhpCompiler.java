package io.sluice.engine.php;

import io.sluice.engine.Compilation;
import io.sluice.engine.Limits;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import java.util.Optional;

/** Has a text compiled by the first worker of its program, which keeps what it compiled. */
final class PhpCompiler {
    private static final long MILLIS = 20_000;
    private static final long MEMORY = 256L << 20;

    private final PhpRuntime runtime;

    PhpCompiler(PhpRuntime runtime) {
        this.runtime = runtime;
    }

    Compilation compile(SourceSet source) {
        PhpBox box = PhpBox.fill(runtime.newFolder(), source);
        WorkerPool<PhpWorker> pool = runtime.pool(box);
        boolean compiled = false;
        try {
            Optional<Compilation.Refused> refused = refused(pool, box);
            compiled = refused.isEmpty();
            return compiled ? new Compilation.Compiled(new PhpProgram(runtime, box, pool)) : refused.get();
        } finally {
            if (!compiled) {
                pool.close();
                box.close();
            }
        }
    }

    private Optional<Compilation.Refused> refused(WorkerPool<PhpWorker> pool, PhpBox box) {
        Limits limits = new Limits(System.nanoTime() + MILLIS * 1_000_000, MILLIS, MEMORY);
        Optional<PhpWorker> taken;
        try {
            taken = pool.take(limits.deadlineNanos(), false);
        } catch (IllegalStateException e) {
            return Optional.of(new Compilation.Refused(String.valueOf(e.getMessage()), 0, 0));
        }
        if (taken.isEmpty()) {
            return Optional.of(new Compilation.Refused("no worker was free to compile it; try again later", 0, 0));
        }
        PhpWorker worker = taken.get();
        boolean reusable = false;
        try (Watch watch = runtime.watchdog().watch(worker.child(), PhpProgram.watched(limits))) {
            worker.begin("check", MEMORY, MILLIS);
            Optional<Compilation.Refused> answer = answer(worker, new Words(box));
            reusable = answer.isEmpty() && worker.reusable() && watch.tripped().isEmpty();
            return answer;
        } catch (IOException e) {
            return Optional.of(new Compilation.Refused("PHP ended while it compiled the text", 0, 0));
        } finally {
            if (reusable) {
                pool.giveBack(worker);
            } else {
                pool.discard(worker);
            }
        }
    }

    private static Optional<Compilation.Refused> answer(PhpWorker worker, Words words) throws IOException {
        Optional<Compilation.Refused> refused =
                Optional.of(new Compilation.Refused("PHP did not say whether it is a program", 0, 0));
        while (true) {
            switch (worker.hear()) {
                case Heard.Message message -> {
                    refused = message.kind() == 'K'
                            ? Optional.empty()
                            : Optional.of(
                                    words.refused(EventJson.read(message.bytes(), 1, message.bytes().length - 1)));
                    worker.endOfMessages();
                }
                case Heard.Over over -> {
                    return refused;
                }
                case Heard.Printed printed -> {}
                case Heard.Logged logged -> {}
                case Heard.TooMuch much -> throw new IOException("PHP said too much");
            }
        }
    }
}
