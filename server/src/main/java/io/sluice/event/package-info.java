/**
 * Event scripts around a call: which scripts listen, and the chain pre → work → post → final.
 *
 * <p>For each stage the generic event comes before the concrete one, and the second script sees what the first changed. A call on a
 * service that no script listens to passes straight through. Scripts named {@code .queued}
 * run after the answer: {@link io.sluice.event.ScriptQueue} puts them into the durable queue, {@link io.sluice.event.QueuedRuns} makes
 * them. Door: {@link io.sluice.event.Events}. May call {@code api}, {@code service}, {@code script}, {@code engine}, {@code job},
 * {@code observe}.
 */
@NullMarked
package io.sluice.event;

import org.jspecify.annotations.NullMarked;
