package io.sluice.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come; how long it takes says nothing, that it never comes is a failure. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 5_000_000;

    private Eventually() {}

    public static void is(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
