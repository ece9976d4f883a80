package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.Caller;
import io.sluice.engine.Compilation;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Where;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Loader.Loaded;
import io.sluice.script.RunStats.Report;
import io.sluice.script.Scripts.Ran;
import io.sluice.service.Effects;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a version under the limits of its record and tells how it went. */
final class Runner {
    private static final long MEGABYTE = 1L << 20;

    private final Loader loader;
    private final Programs programs;
    private final Programs filled;
    private final LookupTexts texts = new LookupTexts();
    private final Masking masking;
    private final RunsUnderWay underWay;
    private final Languages languages;
    private final RunLog log;
    private final Observe observe;
    private final ScriptSettings settings;
    private final Outside outside;

    /** @param filled programs with values of lookups in them; there may be one for each caller, so they have a place of their own */
    Runner(
            Loader loader,
            Programs programs,
            Programs filled,
            Masking masking,
            Languages languages,
            RunLog log,
            Observe observe,
            RunsUnderWay underWay,
            ScriptSettings settings,
            Outside outside) {
        this.loader = loader;
        this.programs = programs;
        this.filled = filled;
        this.masking = masking;
        this.languages = languages;
        this.log = log;
        this.observe = observe;
        this.settings = settings;
        this.outside = outside;
        this.underWay = underWay;
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
        return switch (underWay.enter(scope)) {
            case BEFORE -> load(cell, script, scope, caller, event, print);
            case NOW -> {
                try {
                    yield load(cell, script, scope, caller, event, print);
                } finally {
                    underWay.leave(scope);
                }
            }
            case FULL -> {
                Loaded.Unavailable crowded = OnFailure.crowded(underWay.most());
                tellNotRun(cell, null, crowded);
                yield new Ran.Failed(crowded.error(), crowded.headers(), true);
            }
        };
    }

    private Ran load(
            Cell cell,
            ScriptDefinition script,
            RunScope scope,
            Caller caller,
            Map<String, @Nullable Object> event,
            boolean print) {
        return switch (loader.load(cell, script, scope)) {
            case Loaded.Skip(String why) -> {
                tell(cell, null, Duration.ZERO, "skipped: " + why, Where.UNKNOWN, List.of(), false);
                yield new Ran.Skipped(why);
            }
            case Loaded.Unavailable missing -> notRun(cell, null, missing);
            case Loaded.Ready(Version version) -> ready(new Job(cell, script, scope, caller, event, print), version);
        };
    }

    /** What is to be run for whom. */
    private record Job(
            Cell cell,
            ScriptDefinition script,
            RunScope scope,
            Caller caller,
            Map<String, @Nullable Object> event,
            boolean print) {}

    private Ran ready(Job job, Version version) {
        Optional<String> missing = languages.missing(version.source().language());
        if (missing.isPresent()) {
            return notRun(job.cell(), version, OnFailure.noEngine(job.script(), missing.get()));
        }
        LookupValues values = LookupValues.of(
                job.script(), job.caller(), job.scope().token(), settings.platformConfig(), settings.around());
        try {
            Optional<SourceSet> own = texts.filled(version, values);
            long until = job.scope().patience(job.script().timeoutMillis());
            Function<Compilation, Ran> ran = ran(job, version, values);
            return own.isPresent()
                    ? filled.with(version.script(), own.get(), Hash.of(own.get()), until, ran)
                    : programs.with(version.script(), version.source(), version.hash(), until, ran);
        } catch (LookupValues.Harmful harmful) {
            return notRun(job.cell(), version, OnFailure.harmful(job.script(), harmful.name()));
        }
    }

    private Function<Compilation, Ran> ran(Job job, Version version, LookupValues values) {
        return compilation -> switch (compilation) {
            case Compilation.Compiled(Program program) -> {
                Effects.begin();
                long now = System.nanoTime();
                RunScope inner = job.scope()
                        .nested(now + TimeUnit.MILLISECONDS.toNanos(job.script().timeoutMillis()));
                WatchedCalls calls = new WatchedCalls(new OutsideCalls(
                        outside, job.script(), inner.deadlineNanos(), new GuardedCalls(job.script(), inner.calls())));
                yield ended(job, version, values, calls, program.run(invocation(job, values, inner, calls, now)));
            }
            case Compilation.Refused refused -> notCompiled(job, version, values, refused);
            case Compilation.NotNow later ->
                notRun(job.cell(), version, OnFailure.notNow(version.script(), later.message(), later.retrySeconds()));
        };
    }

    /** The words of the engine hold a line of the text, which may hold the value of a private lookup. */
    private Ran notCompiled(Job job, Version version, LookupValues values, Compilation.Refused refused) {
        Compilation.Refused told = values.secrets().isEmpty()
                ? refused
                : new Compilation.Refused(
                        "it is no program once its lookups are filled in", refused.line(), refused.column());
        return notRun(job.cell(), version, OnFailure.uncompilable(version.script(), told.where()));
    }

    private Ran notRun(Cell cell, @Nullable Version version, Loaded.Unavailable missing) {
        tellNotRun(cell, version, missing);
        return new Ran.Failed(missing.error(), missing.headers(), false);
    }

    private void tellNotRun(Cell cell, @Nullable Version version, Loaded.Unavailable missing) {
        tell(cell, version, Duration.ZERO, "not run: " + missing.error().message(), Where.UNKNOWN, List.of(), true);
    }

    private Invocation invocation(Job job, LookupValues values, RunScope inner, WatchedCalls calls, long now) {
        ScriptDefinition script = job.script();
        long millis = TimeUnit.NANOSECONDS.toMillis(inner.deadlineNanos() - now);
        return new Invocation(
                script.id().toString(),
                job.event(),
                Map.of(
                        "session", SessionData.of(values, settings.around()),
                        "config", settings.platformConfig()),
                calls,
                new Limits(inner.deadlineNanos(), Math.max(0, millis), script.memoryMegabytes() * MEGABYTE),
                script.isolation().equals("strict"),
                script.outbound());
    }

    private Ran ended(Job job, Version version, LookupValues values, WatchedCalls calls, Run run) {
        Ran ran = Outcomes.read(job.script(), run.outcome());
        List<Run.Printed> console =
                masking.lines(run.console(), job.caller(), values.secrets().values());
        if (job.print()) {
            console.forEach(line -> observe.happened(
                    new Observation.ScriptPrinted(job.script().id().toString(), line.level(), line.text())));
        }
        boolean failed = ran instanceof Ran.Failed;
        String words = Outcomes.words(run.outcome(), ran);
        if (!failed) {
            tell(job.cell(), version, run.took(), words, Where.UNKNOWN, console, false);
            return ran;
        }
        Collection<String> secrets = values.secrets().values();
        Where where = Outcomes.where(run.outcome());
        tell(
                job.cell(),
                version,
                run.took(),
                masking.text(words + calls.words(), job.caller(), secrets),
                where.withSource(masking.text(where.source(), job.caller(), secrets)),
                console,
                true);
        return ran;
    }

    private void tell(
            Cell cell,
            @Nullable Version version,
            Duration took,
            String outcome,
            Where where,
            List<Run.Printed> console,
            boolean failed) {
        int number = version == null ? 0 : version.number();
        String revision = version == null ? "" : version.shortRevision();
        cell.stats().add(Report.of(settings.clock().instant(), took, outcome, number, where, console), failed);
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
