package io.sluice.job;

import java.time.Clock;
import java.time.Duration;

/**
 * How jobs are done.
 *
 * @param threads jobs at the same time
 * @param tries before a job is a dead letter
 * @param most jobs that wait or run at the same time, without the dead letters
 * @param firstPause between the first try and the second; each further pause is {@value #FACTOR} times the one before
 * @param longestPause between two tries
 * @param stopping how long a stop waits for running jobs
 */
public record JobSettings(
        Clock clock, int threads, int tries, int most, Duration firstPause, Duration longestPause, Duration stopping) {
    private static final int FACTOR = 6;

    /** How long to wait after that many tries have failed. */
    Duration pauseAfter(int failed) {
        Duration pause = firstPause;
        for (int i = 1; i < failed && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(FACTOR);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
