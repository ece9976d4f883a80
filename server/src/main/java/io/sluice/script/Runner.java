package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.Caller;
import io.sluice.engine.Compilation;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Loader.Loaded;
import io.sluice.script.RunStats.Report;
import io.sluice.script.Scripts.Ran;
import io.sluice.service.Effects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a version under the limits of its record and tells how it went. */
final class Runner {
    private static final long MEGABYTE = 1L << 20;

    private final Loader loader;
    private final Programs programs;
    private final Languages languages;
    private final RunLog log;
    private final Observe observe;
    private final ScriptSettings settings;

    Runner(
            Loader loader,
            Programs programs,
            Languages languages,
            RunLog log,
            Observe observe,
            ScriptSettings settings) {
        this.loader = loader;
        this.programs = programs;
        this.languages = languages;
        this.log = log;
        this.observe = observe;
        this.settings = settings;
    }

    Ran run(
            Cell cell,
            ScriptDefinition script,
            RunScope scope,
            Caller caller,
            Map<String, @Nullable Object> event,
            boolean print) {
        if (scope.depth() > RunScope.MAX_DEPTH) {
            return new Ran.Failed(tooDeep(script));
        }
        return switch (loader.load(cell, script, scope)) {
            case Loaded.Skip(String why) -> {
                tell(cell, null, Duration.ZERO, "skipped: " + why, List.of(), false);
                yield new Ran.Skipped(why);
            }
            case Loaded.Unavailable missing -> notRun(cell, null, missing);
            case Loaded.Ready(Version version) -> {
                Invocation invocation = invocation(script, scope, caller, event);
                yield ready(cell, script, version, invocation, print);
            }
        };
    }

    private Ran ready(Cell cell, ScriptDefinition script, Version version, Invocation invocation, boolean print) {
        Optional<String> missing = languages.missing(version.source().language());
        if (missing.isPresent()) {
            return notRun(cell, version, OnFailure.noEngine(script, missing.get()));
        }
        return programs.with(version.script(), version.source(), version.hash(), compilation -> switch (compilation) {
            case Compilation.Compiled(Program program) -> {
                Effects.begin();
                yield ended(cell, script, version, program.run(invocation), print);
            }
            case Compilation.Refused refused ->
                notRun(cell, version, OnFailure.uncompilable(version.script(), refused.where()));
        });
    }

    private Ran notRun(Cell cell, @Nullable Version version, Loaded.Unavailable missing) {
        tell(cell, version, Duration.ZERO, "not run: " + missing.error().message(), List.of(), true);
        return new Ran.Failed(missing.error(), missing.headers());
    }

    private Invocation invocation(
            ScriptDefinition script, RunScope scope, Caller caller, Map<String, @Nullable Object> event) {
        long now = System.nanoTime();
        RunScope inner = scope.nested(now + TimeUnit.MILLISECONDS.toNanos(script.timeoutMillis()));
        long millis = TimeUnit.NANOSECONDS.toMillis(inner.deadlineNanos() - now);
        return new Invocation(
                script.id().toString(),
                event,
                Map.of(
                        "session", SessionData.of(caller, scope.token()),
                        "config", settings.platformConfig()),
                new GuardedCalls(script, inner.calls()),
                new Limits(inner.deadlineNanos(), Math.max(0, millis), script.memoryMegabytes() * MEGABYTE),
                script.isolation().equals("strict"),
                script.outbound());
    }

    private Ran ended(Cell cell, ScriptDefinition script, Version version, Run run, boolean print) {
        Ran ran = Outcomes.read(script, run.outcome());
        if (print) {
            run.console()
                    .forEach(line -> observe.happened(
                            new Observation.ScriptPrinted(script.id().toString(), line.level(), line.text())));
        }
        boolean failed = ran instanceof Ran.Failed;
        tell(cell, version, run.took(), Outcomes.words(run.outcome(), ran), run.console(), failed);
        return ran;
    }

    private void tell(
            Cell cell,
            @Nullable Version version,
            Duration took,
            String outcome,
            List<Run.Printed> console,
            boolean failed) {
        int number = version == null ? 0 : version.number();
        String revision = version == null ? "" : version.shortRevision();
        cell.stats()
                .add(
                        new Report(settings.clock().instant(), took, outcome, number, RunStats.shortened(console)),
                        failed);
        log.ran(new Observation.ScriptRan(cell.id().toString(), number, revision, took, outcome, 0));
    }

    private static ApiError tooDeep(ScriptDefinition script) {
        return ApiError.because(
                508,
                "script_depth",
                "The script " + script.id() + " was not run: calls that scripts make are nested more than "
                        + RunScope.MAX_DEPTH + " deep. Does it call itself?");
    }
}
