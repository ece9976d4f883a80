package io.sluice.engine.php;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs texts on one engine, as the tests of this package need it. */
final class Phps {
    static final long MB = 1 << 20;

    private static final Confinement CONFINEMENT = new Confinement(false);

    /** Shared by all tests; ended when the tests' process ends. */
    static final PhpEngine FPM = new PhpEngine(CONFINEMENT, PhpSettings.defaults());

    static final PhpEngine CLI =
            new PhpEngine(CONFINEMENT, PhpSettings.defaults().withCliOnly());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            FPM.close();
            CLI.close();
            CONFINEMENT.close();
        }));
    }

    private final PhpEngine engine;
    long timeoutMillis = 60_000;
    long memoryBytes = 128 * MB;
    Map<String, Object> event = new LinkedHashMap<>();
    Map<String, Object> platform = new LinkedHashMap<>();
    final List<PlatformCalls.Request> requests = new ArrayList<>();
    PlatformCalls.KeyValues store = PlatformCalls.KeyValues.NONE;
    Function<PlatformCalls.Request, PlatformCalls.Answer> calls = request -> {
        throw new AssertionError("no platform call expected: " + request);
    };

    Phps() {
        this(FPM);
    }

    /** The test is skipped where that PHP is missing. */
    Phps(PhpEngine engine) {
        this.engine = engine;
        Optional<String> missing = engine.unavailable();
        assumeTrue(missing.isEmpty(), () -> "PHP cannot run here: " + missing.orElse(""));
    }

    static PlatformCalls.Answer answer(int status, Object content) {
        return new PlatformCalls.Answer(status, "application/json", content, Map.of("X-Total", "7"));
    }

    Program program(String text) {
        return program(text, Map.of());
    }

    Program program(String text, Map<String, String> siblings) {
        Compilation compilation = engine.compile(new SourceSet("orders.php", "php", text, siblings));
        assertThat(compilation).as("compilation of %s", text).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).program();
    }

    Compilation.Refused refused(String text) {
        Compilation compilation = engine.compile(new SourceSet("orders.php", "php", text, Map.of()));
        assertThat(compilation).as("compilation of %s", text).isInstanceOf(Compilation.Refused.class);
        return (Compilation.Refused) compilation;
    }

    Run run(String text) {
        Program program = program(text);
        try {
            return run(program);
        } finally {
            program.close();
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
                platform(),
                new Limits(deadline, timeoutMillis, memoryBytes),
                true,
                List.of());
    }

    private PlatformCalls platform() {
        return new PlatformCalls() {
            @Override
            public Answer call(Request request) {
                requests.add(request);
                return calls.apply(request);
            }

            @Override
            public KeyValues store() {
                return store;
            }
        };
    }

    /** What the text returns. */
    Object value(String text) {
        return completed(run(text)).value();
    }

    static Run.Outcome.Completed completed(Run run) {
        assertThat(run.outcome()).as("%s", run).isInstanceOf(Run.Outcome.Completed.class);
        return (Run.Outcome.Completed) run.outcome();
    }

    static Run.Outcome.Threw threw(Run run) {
        assertThat(run.outcome()).as("%s", run).isInstanceOf(Run.Outcome.Threw.class);
        return (Run.Outcome.Threw) run.outcome();
    }

    static Run.Outcome.Stopped stopped(Run run) {
        assertThat(run.outcome()).as("%s", run).isInstanceOf(Run.Outcome.Stopped.class);
        return (Run.Outcome.Stopped) run.outcome();
    }

    static List<String> printed(Run run) {
        return run.console().stream()
                .map(line -> line.level() + ": " + line.text())
                .toList();
    }

    /** On a virtual thread, as calls come in the server. */
    CompletableFuture<Run> start(Program program) {
        CompletableFuture<Run> result = new CompletableFuture<>();
        Invocation invocation = invocation();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(program.run(invocation));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
