package io.sluice.observe;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened and that somebody may want to know. Scripts are named {@code event:NAME} or {@code service:NAME}. */
public sealed interface Observation {

    /** The server takes calls; time counted from the launcher's start. */
    record ServerReady(String address, Duration sinceLaunch) implements Observation {}

    /** A call was answered. The path has its secrets masked. */
    record CallAnswered(String id, String verb, String path, int status, Duration took, String remoteAddress)
            implements Observation {}

    /** A call ended with an error that nobody expected: the cause belongs in the log, never in the answer. */
    record CallFailed(String id, String verb, String path, Throwable cause) implements Observation {}

    /** The cached text of a script was declared old. */
    record ScriptCleared(String script, String by) implements Observation {}

    /** A linked text was read. */
    record ScriptFetched(String script, String source, String revision, Duration took) implements Observation {}

    /** A linked text could not be read; {@code next} says what happens now. */
    record ScriptUnavailable(String script, String source, String why, String next) implements Observation {}

    /** A version became the current one. */
    record ScriptPromoted(String script, int version, String revision, long promotion) implements Observation {}

    /** A new text was turned away; {@code next} says what goes on running. */
    record ScriptRefused(String script, String revision, String why, String next) implements Observation {}

    /**
     * A script ran.
     *
     * @param outcome {@code ok} or what went wrong, in plain words with line and column when known
     * @param unlogged runs of this script since the last such observation that got none of their own
     */
    record ScriptRan(String script, int version, String revision, Duration took, String outcome, int unlogged)
            implements Observation {}

    /** A line that a script printed. */
    record ScriptPrinted(String script, String level, String text) implements Observation {}

    /** A job was committed to the queue. */
    record JobQueued(long id, String name, Duration delay) implements Observation {}

    /** A script that listens to a call could not be queued: it will not run. */
    record JobRefused(String name, String why, Throwable cause) implements Observation {}

    /** A job was done, in its try of that number. */
    record JobRan(long id, String name, int tries, Duration took, String outcome) implements Observation {}

    /** A try of a job failed; the next is at {@code next}. */
    record JobFailed(long id, String name, int tries, String why, Instant next) implements Observation {}

    /** A job could not begin since what it needs was taken; that does not count as a try, and the next is at {@code next}. */
    record JobPostponed(long id, String name, String why, Instant next) implements Observation {}

    /** A job was given up; it stays until somebody retries or deletes it. */
    record JobDead(long id, String name, int tries, String why) implements Observation {}

    /** There were more dead letters than are kept: the oldest went for good. */
    record JobsForgotten(int count, int kept) implements Observation {}

    /** A job failed in a way that nobody expected; the cause is for the log only. */
    record JobBroken(long id, String name, Throwable cause) implements Observation {}

    /**
     * A webhook got a delivery.
     *
     * @param where {@code sales@main}, empty when it was not read that far
     * @param commit as told; empty when it tells none
     * @param delivery the host's name for it, shortened
     */
    record DeliveryTaken(
            String webhook,
            String provider,
            String event,
            String where,
            String commit,
            String verdict,
            String delivery,
            String problem)
            implements Observation {}

    /** Deliveries whose sender is not proved; {@code silent} of them got no line of their own since the last one. */
    record DeliveryRefused(String webhook, String provider, String delivery, String remoteAddress, long silent)
            implements Observation {}

    /**
     * The branch or tag that deliveries told of was looked at.
     *
     * @param by {@code webhook:github delivery=72d3162e}
     * @param problem empty when it could be looked at
     */
    record DeliveryDone(
            String by,
            String where,
            String commit,
            String verdict,
            String problem,
            long moved,
            int refused,
            int deliveries,
            Duration took)
            implements Observation {}

    /** The work of a delivery failed in a way that nobody expected; the cause is for the log only. */
    record DeliveryBroken(String by, Throwable cause) implements Observation {}

    /** The host could not be told what became of a commit. */
    record FeedbackFailed(String by, String why) implements Observation {}

    /** A service could not be started, or its backend failed in a call; the cause is for the log only. */
    record ServiceFailed(
            String service, String why, @Nullable Throwable cause) implements Observation {}

    /** Something else worth a line, in plain words. */
    record Note(String text) implements Observation {}
}
