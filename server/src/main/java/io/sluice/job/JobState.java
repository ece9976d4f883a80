package io.sluice.job;

import java.util.Locale;

/** How a job stands. What is done has no state: it is gone. */
public enum JobState {
    /** For its time, or for a free thread. */
    WAITING,
    RUNNING,
    /** Waits for its next try. */
    FAILED,
    /** Not tried again by itself. */
    DEAD_LETTER;

    /** As records spell it: {@code dead_letter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
