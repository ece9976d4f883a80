package io.sluice.job;

import java.time.Duration;

/**
 * A job to be done.
 *
 * @param kind which handler does it
 * @param name what it is about, for people: {@code event:db._table.orders.post.queued}
 * @param queue a label for people; all queues are served alike
 * @param delay how long it waits at least
 * @param payload what the handler needs; sealed in the system database
 */
public record NewJob(String kind, String name, String queue, Duration delay, String payload) {}
