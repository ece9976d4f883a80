package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Compilation;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Confinement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs texts on one engine, as the tests of this package need it. Skips a test when this machine cannot run Python. */
final class Py {
    static final long MB = 1 << 20;

    static final Confinement CONFINEMENT = new Confinement(false);
    static final PythonEngine ENGINE = new PythonEngine(
            CONFINEMENT, PythonSettings.in(Path.of(System.getProperty("java.io.tmpdir"), "sluice-no-environments")));

    private final PythonEngine engine;
    long timeoutMillis = 60_000;
    long memoryBytes = 512 * MB;
    boolean strict;
    Map<String, Object> event = new LinkedHashMap<>();
    Map<String, Object> platform = new LinkedHashMap<>();
    final List<PlatformCalls.Request> requests = new ArrayList<>();
    Function<PlatformCalls.Request, PlatformCalls.Answer> calls = request -> {
        throw new AssertionError("no platform call expected: " + request);
    };

    Py() {
        this(ENGINE);
    }

    Py(PythonEngine engine) {
        Optional<String> missing = engine.unavailable();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        this.engine = engine;
    }

    static PlatformCalls.Answer answer(int status, Object content) {
        return new PlatformCalls.Answer(status, "application/json", content, Map.of("X-Total", "7"));
    }

    Program program(String text) {
        Compilation compilation = compile(text, Map.of());
        assertThat(compilation).as("compilation of %s", text).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).program();
    }

    Compilation compile(String text, Map<String, String> siblings) {
        return engine.compile(new SourceSet("orders.py", "python3", text, siblings));
    }

    Compilation.Refused refused(String text) {
        return (Compilation.Refused) compile(text, Map.of());
    }

    Run run(String text) {
        try (Program program = program(text)) {
            return run(program);
        }
    }

    Run run(Program program) {
        return program.run(invocation());
    }

    Invocation invocation() {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        return new Invocation(
                "event:test",
                event,
                platform,
                this::recorded,
                new Limits(deadline, timeoutMillis, memoryBytes),
                strict,
                List.of());
    }

    private PlatformCalls.Answer recorded(PlatformCalls.Request request) {
        requests.add(request);
        return calls.apply(request);
    }

    /** What the script returned. */
    Object value(String text) {
        Run run = run(text);
        assertThat(run.outcome()).as("outcome of %s", text).isInstanceOf(Run.Outcome.Completed.class);
        return ((Run.Outcome.Completed) run.outcome()).value();
    }

    Run.Outcome.Threw threw(String text) {
        Run run = run(text);
        assertThat(run.outcome()).as("outcome of %s", text).isInstanceOf(Run.Outcome.Threw.class);
        return (Run.Outcome.Threw) run.outcome();
    }
}
