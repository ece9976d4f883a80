package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.Gathering;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.engine.Where;
import io.sluice.script.DryRun.Ending;
import io.sluice.script.Scripts.Ran;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a text under the limits of a record without touching anything: no store, no event, no figures, no log; its calls are
 * answered from stubs. Needs no server. Thread-safe.
 */
public final class DryRuns {
    private static final long MEGABYTE = 1L << 20;
    private static final String TOKEN = "dry-run";

    /** Longer than packages may take to be installed. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(200);

    private final Engines engines;
    private final Map<String, @Nullable Object> config;

    /** @param config what scripts see as {@code platform.config} */
    public DryRuns(Engines engines, Map<String, @Nullable Object> config) {
        this.engines = engines;
        this.config = config;
    }

    /**
     * What a dry run finds.
     *
     * @param event changed in place by the script
     * @param stubs who answers its calls, the first that fits
     * @param store what {@code platform.store} holds at first
     * @param session {@code platform.session}
     */
    public record Setting(
            Map<String, @Nullable Object> event,
            List<Stub> stubs,
            Map<String, @Nullable Object> store,
            Map<String, @Nullable Object> session) {}

    /** What scripts that serve this caller see as {@code platform.session}; without lookups, of which a dry run knows none. */
    public static Map<String, @Nullable Object> session(Caller caller) {
        LookupValues values = new LookupValues(caller, TOKEN, Map.of(), Map.of(), Map.of());
        return SessionData.of(values, Surroundings.NONE);
    }

    /** Adds to an entry what it imports from the tree that it lies in. */
    public Gathering gather(SourceSet entry, Tree tree) {
        return engines.gather(entry, tree);
    }

    /** A 503 when the text cannot be compiled now. */
    public DryRun run(ScriptDefinition script, SourceSet text, Setting setting) {
        Compiling compiling = new Compiling();
        compiling.start(engines, text, () -> {});
        try {
            return switch (compiling.await(System.nanoTime() + PATIENCE_NANOS)) {
                case Compilation.Refused refused -> refused(text, refused, setting);
                case Compilation.Compiled(Program program) -> run(script, program, setting);
                case Compilation.NotNow later ->
                    throw ApiException.unavailable(
                            "script_unavailable",
                            "The script " + script.id() + " was not run: it could not be checked now: "
                                    + later.message() + ". Try again in " + later.retrySeconds() + " s.",
                            Math.toIntExact(later.retrySeconds()),
                            null);
            };
        } finally {
            compiling.leave();
        }
    }

    private static DryRun refused(SourceSet text, Compilation.Refused refused, Setting setting) {
        ApiError error = ApiError.because(
                500, "script_compile_failed", "The script does not compile: " + refused.where(text.name()));
        return new DryRun(
                Ending.REFUSED,
                Optional.of(error),
                Where.in(text, refused.line(), refused.column()),
                false,
                null,
                setting.event(),
                List.of(),
                List.of(),
                setting.store(),
                Duration.ZERO);
    }

    private DryRun run(ScriptDefinition script, Program program, Setting setting) {
        Stubs stubs = new Stubs(setting.stubs(), setting.store());
        Run run = program.run(new Invocation(
                script.id().toString(),
                setting.event(),
                Map.of("session", setting.session(), "config", config),
                new GuardedCalls(script, stubs),
                limits(script),
                script.isolation().equals("strict"),
                // A dry run reaches nothing.
                List.of()));
        Outcome outcome = run.outcome();
        Ran ran = Outcomes.read(script, outcome);
        boolean returned = outcome instanceof Outcome.Completed done && done.returned();
        return new DryRun(
                ending(outcome, ran),
                ran instanceof Ran.Failed failed ? Optional.of(failed.error()) : Optional.empty(),
                Outcomes.where(outcome),
                returned,
                outcome instanceof Outcome.Completed done ? done.value() : null,
                setting.event(),
                run.console(),
                stubs.made(),
                stubs.kept(),
                run.took());
    }

    private static Limits limits(ScriptDefinition script) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(script.timeoutMillis());
        return new Limits(deadline, script.timeoutMillis(), script.memoryMegabytes() * MEGABYTE);
    }

    private static Ending ending(Outcome outcome, Ran ran) {
        return switch (outcome) {
            case Outcome.Completed done -> ran instanceof Ran.Failed ? Ending.FAILED : Ending.COMPLETED;
            case Outcome.Threw threw -> Ending.THREW;
            case Outcome.Stopped stopped -> Ending.STOPPED;
        };
    }
}
