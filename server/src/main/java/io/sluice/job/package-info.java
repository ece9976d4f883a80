/**
 * Work that is done after the call that asked for it was answered: the durable queue, its retries and its dead letters.
 *
 * <p>A job is committed before {@link io.sluice.job.Jobs#add} returns and runs at least once, once when nothing fails and nobody kills
 * the process. What a job does is known to the {@link io.sluice.job.JobHandler} of its kind, which {@code app} brings along. Underneath
 * is db-scheduler on the system database: it picks what is due and tells by heartbeats when a picker has died. Door:
 * {@link io.sluice.job.Jobs}. May call {@code store} and {@code observe}.
 */
@NullMarked
package io.sluice.job;

import org.jspecify.annotations.NullMarked;
