package io.sluice.engine.js;

import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.Where;
import io.sluice.engine.js.Place.Prelude;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** One run in one place, on the calling script thread. */
final class JsRun {
    private final Watchdog watchdog;
    private final Place place;
    private final Invocation invocation;
    private final Console console;
    private final ScriptThread thread = Objects.requireNonNull(ScriptThread.current());
    private final @Nullable Watch outer = thread.watch();
    private final Watch watch;
    private final View view;
    private final ApiCalls calls;
    private final Fetches fetches;

    JsRun(Watchdog watchdog, Place place, Invocation invocation, Console console) {
        this.watchdog = watchdog;
        this.place = place;
        this.invocation = invocation;
        this.console = console;
        this.watch = new Watch(place.context(), within(invocation.limits(), outer));
        this.view = new View(place.function(Prelude.FAIL));
        this.calls = new ApiCalls(invocation.calls(), view, watch);
        this.fetches = new Fetches(invocation.calls(), watch.limits());
        place.link()
                .bind(
                        view,
                        console,
                        calls,
                        new StoreCalls(invocation.calls().store(), view, watch),
                        new WebCalls(fetches, view));
    }

    /** A nested run has what is left of the run that called it, at most. */
    private static Limits within(Limits own, @Nullable Watch outer) {
        if (outer == null) {
            return own;
        }
        long deadline = outer.limits().deadlineNanos();
        boolean sooner = deadline - own.deadlineNanos() < 0;
        return new Limits(
                sooner ? deadline : own.deadlineNanos(),
                own.timeoutMillis(),
                Math.min(own.memoryBytes(), Math.max(0, outer.bytesLeft())));
    }

    Run run() {
        long began = System.nanoTime();
        Outcome outcome = watched();
        if (!(outcome instanceof Outcome.Completed)) {
            Settle.leaveOutObjects(view);
        }
        RuntimeException failure = calls.failure() == null ? fetches.failure() : calls.failure();
        if (failure != null && !(outcome instanceof Outcome.Stopped)) {
            throw failure;
        }
        return new Run(outcome, console.lines(), ScriptThreads.since(began));
    }

    private Outcome watched() {
        thread.watch(watch);
        if (outer == null) {
            watchdog.watch(thread);
        }
        try {
            return entered();
        } finally {
            fetches.close();
            thread.watch(outer);
            if (outer == null) {
                watchdog.forget(thread);
            }
            watch.end();
        }
    }

    /** A run whose time was over before it began, or whose engine closes, cannot even enter. */
    private Outcome entered() {
        try {
            place.context().enter();
        } catch (PolyglotException | IllegalStateException e) {
            Limit tripped = trippedHereOrAround();
            return tripped == null
                    ? new Outcome.Threw(503, "The server is being stopped.", Where.UNKNOWN)
                    : Outcomes.stopped(tripped, watch.limits());
        }
        try {
            Outcome outcome = outcome();
            if (!(outcome instanceof Outcome.Stopped)) {
                place.rest(Hardenable.complaint(outcome));
            }
            return outcome;
        } finally {
            place.context().leave();
        }
    }

    private Outcome outcome() {
        try {
            return completed();
        } catch (Settle.Stop e) {
            return stopped(e);
        } catch (PolyglotException e) {
            return failed(e);
        } catch (IllegalStateException e) {
            // A context that was cancelled between two calls into it.
            if (watch.tripped() == null) {
                throw e;
            }
            return Outcomes.stopped(Objects.requireNonNull(watch.tripped()), watch.limits());
        } catch (OutOfMemoryError e) {
            return Outcomes.stopped(Limit.MEMORY, watch.limits());
        } catch (StackOverflowError e) {
            return new Outcome.Threw(500, "Maximum call stack size exceeded", Where.UNKNOWN);
        } catch (Error e) {
            // A cancel that comes while Java code looks at the script's values is thrown as it is, whoever's context
            // was meant.
            Limit tripped = trippedHereOrAround();
            if (tripped == null) {
                throw e;
            }
            return Outcomes.stopped(tripped, watch.limits());
        }
    }

    private @Nullable Limit trippedHereOrAround() {
        Limit tripped = watch.tripped();
        return tripped != null || outer == null ? tripped : outer.tripped();
    }

    private Outcome completed() {
        place.function(Prelude.START).executeVoid(event(), platform());
        turn(place.function(Prelude.TURN));
        Value result = place.function(Prelude.RESULT).execute();
        Settle settle = Settle.inPlace(view, watch);
        settle.touched();
        boolean returned = !Settle.isUndefined(result);
        @Nullable Object value = returned ? settle.value(result) : null;
        Limit tripped = watch.tripped();
        return tripped == null ? new Outcome.Completed(returned, value) : Outcomes.stopped(tripped, watch.limits());
    }

    private Facade event() {
        Map<String, Value> functions = new LinkedHashMap<>();
        functions.put("setResponse", place.function(Prelude.SET_RESPONSE));
        functions.put("setRequest", place.function(Prelude.SET_REQUEST));
        functions.put("setReturn", place.function(Prelude.SET_RETURN));
        return new Facade(view.maps(invocation.event()), functions, "_event");
    }

    private Facade platform() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>(invocation.platform());
        data.putIfAbsent("config", Map.of());
        data.putIfAbsent("session", Map.of());
        Map<String, Value> functions =
                Map.of("api", place.function(Prelude.API), "store", place.function(Prelude.STORE));
        return new Facade(view.copyingMaps(data), functions, "");
    }

    /** Until nothing is left to do. */
    private void turn(Value turn) {
        double wait = 0;
        while (wait >= 0) {
            Limit tripped = watch.tripped();
            if (tripped != null) {
                throw new Settle.Stop(tripped);
            }
            wait = turn.execute().asDouble();
            if (wait > 0) {
                pause((long) Math.ceil(wait) * 1_000_000);
            }
        }
    }

    private void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !watch.stopping() && !fetches.anyArrived()) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
    }

    private Outcome stopped(Settle.Stop stop) {
        Limit tripped = watch.tripped();
        if (tripped != null) {
            return Outcomes.stopped(tripped, watch.limits());
        }
        Limit limit = stop.limit();
        return limit == null
                ? new Outcome.Threw(500, String.valueOf(stop.getMessage()), Where.UNKNOWN)
                : Outcomes.stopped(limit, watch.limits());
    }

    private Outcome failed(PolyglotException e) {
        Limit tripped = watch.tripped();
        if (tripped != null) {
            return Outcomes.stopped(tripped, watch.limits());
        }
        if (e.isResourceExhausted()) {
            return Outcomes.stopped(Limit.MEMORY, watch.limits());
        }
        if (e.isCancelled() || e.isInterrupted()) {
            return new Outcome.Threw(503, "The server is being stopped.", Where.UNKNOWN);
        }
        if (e.isGuestException()) {
            return thrown(e);
        }
        throw new IllegalStateException("the script engine failed", e);
    }

    /** Reads the error, which may run code of the script, and so may end in all the ways that a script can. */
    private Outcome thrown(PolyglotException e) {
        try {
            return place.script().threw(e);
        } catch (PolyglotException again) {
            Limit tripped = watch.tripped();
            return tripped != null
                    ? Outcomes.stopped(tripped, watch.limits())
                    : new Outcome.Threw(500, "The script threw something that cannot be read.", Where.UNKNOWN);
        }
    }
}
