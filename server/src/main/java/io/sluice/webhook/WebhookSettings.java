package io.sluice.webhook;

import io.sluice.script.Backoff;
import io.sluice.script.Timetable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How deliveries are worked off.
 *
 * @param tries looks that are made for one delivery before it is given up
 * @param looks that are made at the same time, of different repositories
 * @param timetable closed with the room
 * @param publicUrl where hosts reach this server; empty when it does not know
 */
public record WebhookSettings(
        Clock clock, int tries, int looks, Backoff pauses, Timetable timetable, Optional<URI> publicUrl) {
    private static final int TRIES = 5;
    private static final int LOOKS = 8;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Five tries, after pauses of a second, then twice as long each time. */
    public static WebhookSettings of(Clock clock, Optional<URI> publicUrl) {
        return new WebhookSettings(
                clock,
                TRIES,
                LOOKS,
                Backoff.doubling(FIRST, LONGEST, RandomGenerator.getDefault()),
                Timetable.onOneThread("webhook"),
                publicUrl);
    }
}
