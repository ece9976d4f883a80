package io.sluice.script;

import io.sluice.engine.PlatformCalls;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What a call hands down to the scripts that it runs and to the calls that these make: the release, the depth, the time that is
 * left, and who answers {@code platform.api}. Thread-safe.
 */
public final class RunScope {
    /** The deepest nesting of {@code platform.api}; deeper is a 508. */
    public static final int MAX_DEPTH = 8;

    /** Bound while a service does its work, so that a script service finds the scope of the call that it serves. */
    public static final ScopedValue<RunScope> CURRENT = ScopedValue.newInstance();

    private final Pins pins;
    private final int depth;
    private final long deadlineNanos;
    private final Function<RunScope, PlatformCalls> calls;

    RunScope(Pins pins, int depth, long deadlineNanos, Function<RunScope, PlatformCalls> calls) {
        this.pins = pins;
        this.depth = depth;
        this.deadlineNanos = deadlineNanos;
        this.calls = calls;
    }

    /** The release that this call and all calls nested in it run on. */
    public Release release() {
        return pins.release();
    }

    /**
     * What scripts of this call see in the place of the caller's token and key. It opens nothing by itself: a call that a script
     * makes has its caller's rights anyway.
     */
    public String token() {
        return pins.token();
    }

    Pins pins() {
        return pins;
    }

    /** 0 for a call off the wire. */
    public int depth() {
        return depth;
    }

    /** How many queued runs, each queued by the one before, led to this call; 0 for a call off the wire. */
    public int queuedBefore() {
        return pins.queuedBefore();
    }

    /** As of {@link System#nanoTime}; {@link Long#MAX_VALUE} while no script limits the time. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Until when a run of a script with that limit waits before it can begin: as long as it may run, and no longer than its caller. */
    long patience(long timeoutMillis) {
        return sooner(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    }

    /** The scope of the calls that a script makes which must end by then. */
    public RunScope nested(long scriptDeadlineNanos) {
        return new RunScope(pins, depth + 1, sooner(scriptDeadlineNanos), calls);
    }

    private long sooner(long other) {
        return deadlineNanos == Long.MAX_VALUE || other - deadlineNanos < 0 ? other : deadlineNanos;
    }

    /** Who answers {@code platform.api} in this scope. */
    public PlatformCalls calls() {
        return calls.apply(this);
    }
}
