package io.sluice.engine.js;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long one script runs in new contexts: at first for a few runs; again after a failure in a hardened context that may
 * have come from the hardening ({@link Hardenable#complaint}), or when a look at a context was stopped, each time twice as long as
 * the last. Never for good: a caller can make many a script fail in such words by what it sends. A failure that is seen in a new
 * context too is the script's own, and does not count from then on. Not thread-safe.
 */
final class Complaints {
    /** Runs that must leave the language's own objects alone, before a hardened context is made. */
    static final int TRIALS = 3;

    private static final int MOST_OWN = 1_000;
    private static final int LONGEST = 1 << 20;

    private final Set<String> own = new HashSet<>();
    private @Nullable String suspect;
    private int apart = TRIALS;
    private int left = TRIALS;

    /** Whether runs are to be in new contexts. */
    boolean apart() {
        return left > 0;
    }

    /** Whether that goes on for more runs than the first look at a script takes. */
    boolean staysApart() {
        return left > TRIALS;
    }

    /** Whether the next run's context is to be looked at afterwards; of a long row only the last ones. */
    boolean looks() {
        return left > 0 && left <= TRIALS;
    }

    /** A run in a new context ended, without a failure that could be a complaint when null. */
    void newContext(@Nullable String complaint) {
        if (complaint != null && own.size() < MOST_OWN) {
            own.add(complaint);
        }
        boolean cleared = complaint != null && complaint.equals(suspect);
        left = cleared ? 0 : Math.max(0, left - 1);
    }

    /** A run in a hardened context failed so; answers whether the script is to have new ones now. */
    boolean hardenedContext(String complaint) {
        if (own.contains(complaint)) {
            return false;
        }
        suspect = complaint;
        stayApart();
        return true;
    }

    /** A new context could not be looked at to the end. */
    void unknown() {
        stayApart();
    }

    private void stayApart() {
        apart = Math.min(LONGEST, 2 * apart);
        left = apart;
    }
}
