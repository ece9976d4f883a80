package io.sluice.engine.python;

import io.sluice.engine.Compilation;
import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Frames.Frame;
import io.sluice.engine.process.Watch;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Has a text read by a worker that only does that, and its packages installed. */
final class PythonCompiler {
    private static final long MILLIS = 10_000;
    private static final long MEMORY = 512L << 20;
    private static final Duration READ_AGAIN = Duration.ofSeconds(1);
    private static final Duration INSTALL_AGAIN = Duration.ofSeconds(30);

    /** What pip says, or leaves unsaid, when the list of packages is not what is wrong. */
    private static final Pattern NOT_THE_LIST = Pattern.compile(
            "connection broken by|ConnectionError|ConnectTimeout|ReadTimeout|timed out|took more than|Could not fetch URL"
                    + "|5[0-9][0-9] Server Error|No space left|Cannot allocate memory|cannot be installed: *$");

    private final PythonRuntime runtime;
    private final long millis;

    PythonCompiler(PythonRuntime runtime) {
        this(runtime, MILLIS);
    }

    /** @param millis for a worker to become free and to read the text */
    PythonCompiler(PythonRuntime runtime, long millis) {
        this.runtime = runtime;
        this.millis = millis;
    }

    Compilation compile(SourceSet source) {
        byte[] script = Wire.bytes(Map.of("name", source.name(), "text", source.text()));
        Optional<Compilation> objection = objection(script);
        if (objection.isPresent()) {
            return objection.get();
        }
        String requirements = requirements(source.siblings());
        if (requirements.isBlank()) {
            return new Compilation.Compiled(new PythonProgram(runtime, script, Optional.empty()));
        }
        return switch (runtime.environments().of(requirements)) {
            case Environments.Outcome.Ready(Path packages) ->
                new Compilation.Compiled(new PythonProgram(runtime, script, Optional.of(packages)));
            case Environments.Outcome.NotNow(String why) -> new Compilation.NotNow(why, INSTALL_AGAIN);
            case Environments.Outcome.Failed(String why) ->
                NOT_THE_LIST.matcher(why).find()
                        ? new Compilation.NotNow(why, INSTALL_AGAIN)
                        : new Compilation.Refused(why, 0, 0);
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

    /** Why it is no program, or cannot be read now. A second worker tells a text that kills from a worker that was killed. */
    private Optional<Compilation> objection(byte[] script) {
        Reading first = read(script);
        Reading last = first instanceof Reading.Died ? read(script) : first;
        return switch (last) {
            case Reading.Told(Optional<Compilation> objection) -> objection;
            case Reading.Died died ->
                Optional.of(new Compilation.Refused("it is too large or nested too deeply to be read", 0, 0));
        };
    }

    /** What came of having it read. */
    private sealed interface Reading {
        record Told(Optional<Compilation> objection) implements Reading {}

        /** The worker ended before it answered. */
        record Died() implements Reading {}
    }

    private Reading read(byte[] script) {
        Limits limits = new Limits(System.nanoTime() + millis * 1_000_000, millis, MEMORY);
        WorkerPool<PythonWorker> compilers = runtime.compilers();
        Optional<PythonWorker> taken;
        try {
            taken = compilers.take(limits.deadlineNanos(), false);
        } catch (IllegalStateException | UncheckedIOException e) {
            return notNow("no worker could be started to read it");
        }
        if (taken.isEmpty()) {
            return notNow("no worker was free to read it");
        }
        PythonWorker worker = taken.get();
        boolean healthy = false;
        Watch watch = runtime.watchdog().watch(worker.child(), limits);
        try (watch) {
            Optional<Compilation> answer = asked(worker, script);
            healthy = watch.tripped().isEmpty();
            return new Reading.Told(answer);
        } catch (IOException e) {
            return watch.tripped().filter(Run.Limit.TIME::equals).isPresent()
                    ? notNow("it was not read within " + millis + " ms")
                    : new Reading.Died();
        } finally {
            if (healthy) {
                compilers.giveBack(worker);
            } else {
                compilers.discard(worker);
            }
        }
    }

    private static Reading notNow(String why) {
        return new Reading.Told(Optional.of(new Compilation.NotNow(why, READ_AGAIN)));
    }

    private static Optional<Compilation> asked(PythonWorker worker, byte[] script) throws IOException {
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
