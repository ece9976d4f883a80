package io.sluice.webhook;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of a delivery. */
enum Verdict {
    /** Its branch is looked at, or was. */
    ACCEPTED,
    PING,
    /** The host sent it before, and it was accepted. */
    DUPLICATE,
    BAD_SIGNATURE,
    /** It is about nothing that this webhook is for, or that a script is linked to. */
    NO_MATCH,
    /** It cannot be read, or the work that it asked for failed; {@code problem} says why. */
    FAILED;

    /** As records and the log spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict parse(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }
}
