package io.sluice.engine.process;

import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;

/** The words for runs that a limit ended. */
public final class Stopped {
    /** So many times the wait is as long as the limit, or longer. */
    private static final int MUCH = 4;

    private Stopped() {}

    public static Outcome by(Limit limit, Limits limits) {
        return new Outcome.Stopped(limit, words(limit, limits));
    }

    /** A run that had lost much of its time before it began says so. */
    public static Run afterWaiting(long waitedNanos, Run run, Limits limits) {
        long waited = waitedNanos / 1_000_000;
        boolean outOfTime = run.outcome() instanceof Outcome.Stopped stopped && stopped.limit() == Limit.TIME;
        if (!outOfTime || waited * MUCH < limits.timeoutMillis()) {
            return run;
        }
        String words = "It was stopped because its limit of " + limits.timeoutMillis() + " ms was over, " + waited
                + " ms of which it had waited for a free worker. Try again later, or raise timeout_ms.";
        return new Run(new Outcome.Stopped(Limit.TIME, words), run.console(), run.took());
    }

    private static String words(Limit limit, Limits limits) {
        return switch (limit) {
            case TIME ->
                "It was stopped because it ran longer than its limit of " + limits.timeoutMillis()
                        + " ms. Make it do less, or raise timeout_ms.";
            case MEMORY ->
                "It was stopped because it used more memory than its limit of " + (limits.memoryBytes() >> 20)
                        + " MB. Make it handle less data at once, or raise memory_mb.";
            case OUTPUT -> "It was stopped because its result is too large to be sent. Return less.";
            case BUSY ->
                "It did not run: all its workers were busy for the whole " + limits.timeoutMillis()
                        + " ms that it had. Try again later.";
        };
    }
}
