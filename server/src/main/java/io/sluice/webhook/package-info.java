/**
 * Inbound webhooks: who sent it, what it says, whether it came before; then the room {@code script} looks at that branch again, since what a
 * delivery says about content is never trusted. Keeps the log of deliveries, and takes up after a start what an earlier process left undone.
 *
 * <p>One delivery, in order: {@code Reception} (known, proved, read, filtered, committed, answered) → {@code Looks} (one look at a time for
 * each repository) → {@code Feedback} (a status beside the commit). Doors: {@link io.sluice.webhook.Webhooks} for the server,
 * {@link io.sluice.webhook.WebhookRecords} for administrators. May call {@code service} (the SPI only), {@code script}, {@code job}, {@code store},
 * {@code observe}, {@code api}.
 */
@NullMarked
package io.sluice.webhook;

import org.jspecify.annotations.NullMarked;
