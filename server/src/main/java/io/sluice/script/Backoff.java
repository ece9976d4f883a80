package io.sluice.script;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a number of failures in a row. */
public interface Backoff {
    /** @param failures from 1 */
    Duration after(int failures);

    /**
     * Doubles from {@code first} up to {@code most}, each pause drawn between half of its bound and the bound, so that scripts of one
     * dead source do not come back in step.
     */
    static Backoff doubling(Duration first, Duration most, RandomGenerator chance) {
        return failures -> {
            long bound = first.toMillis() << Math.min(failures, 30);
            long capped = bound <= 0 ? most.toMillis() : Math.min(bound, most.toMillis());
            return Duration.ofMillis(capped / 2 + chance.nextLong(capped / 2 + 1));
        };
    }
}
