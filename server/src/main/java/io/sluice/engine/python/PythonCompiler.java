package io.sluice.engine.python;

import io.sluice.engine.Compilation;
import io.sluice.engine.Limits;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Frames.Frame;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Has a text read by a worker that only does that, and its packages installed. */
final class PythonCompiler {
    private static final long MILLIS = 10_000;
    private static final long MEMORY = 512L << 20;

    private final PythonRuntime runtime;

    PythonCompiler(PythonRuntime runtime) {
        this.runtime = runtime;
    }

    Compilation compile(SourceSet source) {
        byte[] script = Wire.bytes(Map.of("name", source.name(), "text", source.text()));
        Optional<Compilation.Refused> refused = refused(script);
        if (refused.isPresent()) {
            return refused.get();
        }
        String requirements = requirements(source.siblings());
        if (requirements.isBlank()) {
            return new Compilation.Compiled(new PythonProgram(runtime, script, Optional.empty()));
        }
        return switch (runtime.environments().of(requirements)) {
            case Environments.Outcome.Ready(Path packages) ->
                new Compilation.Compiled(new PythonProgram(runtime, script, Optional.of(packages)));
            case Environments.Outcome.Failed(String why) -> new Compilation.Refused(why, 0, 0);
        };
    }

    /** Of the file beside the script; its path is that of the tree that both lie in. */
    private static String requirements(Map<String, String> siblings) {
        return siblings.entrySet().stream()
                .filter(file -> file.getKey().equals(PythonEngine.REQUIREMENTS)
                        || file.getKey().endsWith("/" + PythonEngine.REQUIREMENTS))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private Optional<Compilation.Refused> refused(byte[] script) {
        Limits limits = new Limits(System.nanoTime() + MILLIS * 1_000_000, MILLIS, MEMORY);
        WorkerPool<PythonWorker> compilers = runtime.compilers();
        Optional<PythonWorker> taken = compilers.take(limits.deadlineNanos(), false);
        if (taken.isEmpty()) {
            return Optional.of(new Compilation.Refused("no worker was free to read it; try again later", 0, 0));
        }
        PythonWorker worker = taken.get();
        boolean healthy = false;
        try (Watch watch = runtime.watchdog().watch(worker.child(), limits)) {
            Optional<Compilation.Refused> answer = asked(worker, script);
            healthy = watch.tripped().isEmpty();
            return answer;
        } catch (IOException e) {
            return Optional.of(new Compilation.Refused("it is too large or nested too deeply to be read", 0, 0));
        } finally {
            if (healthy) {
                compilers.giveBack(worker);
            } else {
                compilers.discard(worker);
            }
        }
    }

    private static Optional<Compilation.Refused> asked(PythonWorker worker, byte[] script) throws IOException {
        worker.begin('P', script);
        Frame frame = worker.frames().receive();
        Map<?, ?> answer = Wire.map(frame.body());
        return answer.get("message") instanceof String message
                ? Optional.of(
                        new Compilation.Refused(message, number(answer.get("line")), number(answer.get("column"))))
                : Optional.empty();
    }

    private static int number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
