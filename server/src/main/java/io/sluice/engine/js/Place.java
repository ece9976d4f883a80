package io.sluice.engine.js;

import io.sluice.engine.Limits;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * A context with our globals and the script's function, in which nothing of the script ran yet. A hardened one can be as new
 * again after a run: the language's own objects in it cannot change, and all else is made again.
 */
final class Place {
    /** Far more than the look or the tidying takes, also when the code for it is new. */
    private static final long AFTERWARDS_MILLIS = 2_000;

    private static final long AFTERWARDS_BYTES = 64L << 20;

    private final JsRuntime runtime;
    private final Context context;
    private final Script script;
    private final HostLink link;
    private final Value[] functions = new Value[Prelude.values().length];
    private final @Nullable Hardened hardened;
    private int runs;
    private boolean rested;
    private @Nullable String complaint;

    private Place(JsRuntime runtime, Script script, Context context, boolean hardens) {
        this.runtime = runtime;
        this.script = script;
        this.context = context;
        this.link = new HostLink(
                library -> context.eval(runtime.library(library)), new JsModules(context, runtime, script.modules()));
        runtime.makePatient(context);
        this.hardened = hardens ? Hardened.in(context, runtime.hardening(), runtime::shared) : null;
        Value prelude = context.eval(runtime.prelude()).execute(link.functions(), hardens);
        for (Prelude function : Prelude.values()) {
            if (function.ordinal() < prelude.getArraySize()) {
                functions[function.ordinal()] = prelude.getArrayElement(function.ordinal());
            }
        }
        runtime.onceForErrors(() -> StackRoom.prepare(function(Prelude.FAIL)));
        renew();
        if (script.modules().isPresent()) {
            context.eval(JsModules.BRIDGE);
        }
    }

    /** For one run. */
    static Place forOneRun(JsRuntime runtime, Script script) {
        Context context = runtime.newContext(script.modules());
        return runtime.making(() -> new Place(runtime, script, context, false));
    }

    /** For one run after the other, of the same script. */
    static Place hardened(JsRuntime runtime, Script script) {
        Context context = runtime.newHardenedContext();
        return runtime.making(() -> {
            Place place = new Place(runtime, script, context, true);
            place.needHardened().settled();
            return place;
        });
    }

    private void renew() {
        Value perRun = function(Prelude.RENEW).execute(context.eval(script.source()));
        functions[Prelude.API.ordinal()] = perRun.getArrayElement(0);
        functions[Prelude.STORE.ordinal()] = perRun.getArrayElement(1);
    }

    Context context() {
        return context;
    }

    Script script() {
        return script;
    }

    /** What the script's calls out of the context reach, once a run is bound to it. */
    HostLink link() {
        return link;
    }

    Value function(Prelude function) {
        return functions[function.ordinal()];
    }

    boolean isHardened() {
        return hardened != null;
    }

    private Hardened needHardened() {
        return java.util.Objects.requireNonNull(hardened);
    }

    /**
     * The last act of a run that no limit ended, under its watch. In a hardened place it does what the run left to be done (jobs of
     * promises), cut off from everything, so that none of it wakes in the next run.
     *
     * @param complaint how the run failed, when that may come from the hardening ({@link Hardenable#complaint})
     */
    void rest(@Nullable String complaint) {
        this.complaint = complaint;
        link.unbind();
        try {
            if (hardened != null) {
                hardened.drain();
            }
            rested = true;
        } catch (PolyglotException | IllegalStateException | StackOverflowError | OutOfMemoryError e) {
            // Not rested, whatever it was.
            rested = false;
        }
    }

    boolean rested() {
        return rested;
    }

    @Nullable
    String complaint() {
        return complaint;
    }

    /** After a run: makes the place as new. False when that cannot be; then it is to be closed. */
    boolean renewed() {
        if (!rested || ++runs >= runtime.settings().runsPerContext()) {
            return false;
        }
        rested = false;
        try {
            return guarded(() -> runtime.making(() -> {
                        boolean tidied = needHardened().tidied();
                        if (tidied) {
                            renew();
                        }
                        return tidied;
                    }))
                    .orElse(false);
        } catch (PolyglotException | IllegalStateException | StackOverflowError | OutOfMemoryError e) {
            // Something is unchangeable that should not be, the engine closes, or there is no room left here.
            return false;
        }
    }

    /**
     * Does something in the context after the run, whose limits hold no more: what the script left there may be made to go on for
     * ever when it is only looked at. Without an answer when it was stopped.
     */
    private Optional<Boolean> guarded(BooleanSupplier work) {
        ScriptThread thread = Objects.requireNonNull(ScriptThread.current());
        @Nullable Watch outer = thread.watch();
        long now = System.nanoTime();
        Watch watch = new Watch(
                context, new Limits(now + AFTERWARDS_MILLIS * 1_000_000, AFTERWARDS_MILLIS, AFTERWARDS_BYTES));
        thread.watch(watch);
        if (outer == null) {
            runtime.watchdog().watch(thread);
        }
        try {
            boolean answer = work.getAsBoolean();
            return watch.stopping() ? Optional.empty() : Optional.of(answer);
        } finally {
            thread.watch(outer);
            if (outer == null) {
                runtime.watchdog().forget(thread);
            }
            watch.end();
        }
    }

    /** Whether the run that was here left the language's own objects as they are in a new context; unknown when the look was stopped. */
    Optional<Boolean> leftAllUntouched(Untouched untouched) {
        try {
            return guarded(() -> runtime.making(() -> untouched.isSoIn(context)));
        } catch (PolyglotException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What {@code prelude.js} hands out, in its order; the last two anew for each run. */
    enum Prelude {
        RENEW,
        START,
        TURN,
        RESULT,
        FAIL,
        SET_RESPONSE,
        SET_REQUEST,
        SET_RETURN,
        API,
        STORE
    }

    /** Also ends what may still run in it. */
    void close() {
        context.close(true);
    }
}
