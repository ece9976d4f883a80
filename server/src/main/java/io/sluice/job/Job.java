package io.sluice.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stands, without its payload.
 *
 * @param tries begun so far
 * @param lastError of the last try that failed
 * @param startedAt of the last try
 * @param nextAt of the next try; empty while it runs and for a dead letter
 */
public record Job(
        long id,
        String kind,
        String name,
        String queue,
        JobState state,
        int tries,
        Optional<String> lastError,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> nextAt) {}
