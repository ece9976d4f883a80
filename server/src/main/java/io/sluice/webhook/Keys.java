package io.sluice.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The secrets that a webhook takes: its own, and for some time after a rotation the one before. */
record Keys(Secret current, Optional<Former> former) {
    /** A secret that holds until then. */
    record Former(Secret secret, Instant until) {}

    boolean any(Predicate<Secret> proof, Instant now) {
        return proof.test(current)
                || former.filter(old -> now.isBefore(old.until()))
                        .filter(old -> proof.test(old.secret()))
                        .isPresent();
    }
}
