package io.sluice.engine.js;

import io.sluice.engine.Limits;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;

/** The words for runs that a limit ended. */
final class Outcomes {
    private Outcomes() {}

    static Outcome stopped(Limit limit, Limits limits) {
        return new Outcome.Stopped(limit, words(limit, limits));
    }

    private static String words(Limit limit, Limits limits) {
        return switch (limit) {
            case TIME ->
                "It was stopped because it ran longer than its limit of " + limits.timeoutMillis()
                        + " ms. Make it do less, or raise timeout_ms.";
            case MEMORY ->
                "It was stopped because it used more memory than its limit of " + megabytes(limits.memoryBytes())
                        + ". Make it handle less data at once, or raise memory_mb.";
            case OUTPUT ->
                "It was stopped because its result repeats the same data too often to be sent. Return each part once.";
            case BUSY -> "It did not run because no script thread was free.";
        };
    }

    static Outcome busy(int slots, Limits limits) {
        return new Outcome.Stopped(
                Limit.BUSY,
                "It did not run: all " + slots + " script threads were busy for the whole " + limits.timeoutMillis()
                        + " ms that it had. Try again later, or give the server more script threads.");
    }

    private static String megabytes(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MB" : bytes + " bytes";
    }
}
