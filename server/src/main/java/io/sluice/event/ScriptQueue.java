package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.job.Jobs;
import io.sluice.job.NewJob;
import io.sluice.script.QueueOptions;
import io.sluice.script.RunQueue;
import io.sluice.script.SavedScript;
import io.sluice.script.Scripts;

/** Puts runs of scripts into the durable queue; {@link QueuedRuns} makes them. Thread-safe. */
public final class ScriptQueue implements RunQueue {
    /** The kind of these jobs. */
    static final String KIND = "script";

    private static final int LONGEST_CHAIN = 100;
    private static final int RETRY_SECONDS = 10;
    private final Jobs jobs;
    private final Scripts scripts;

    public ScriptQueue(Jobs jobs, Scripts scripts) {
        this.jobs = jobs;
        this.scripts = scripts;
    }

    /** Delay and queue are those of the script's {@code config}. */
    @Override
    public void add(Order order) {
        SavedScript saved = scripts.definition(order.script())
                .orElseThrow(() -> ApiException.notFound("There is no script " + order.script() + "."));
        if (order.queuedBefore() >= LONGEST_CHAIN) {
            throw new ApiException(ApiError.because(
                    508,
                    "script_queue_depth",
                    "The script " + order.script() + " was not queued: " + LONGEST_CHAIN
                            + " queued runs, each queued by the one before, led to it. Does it queue itself?"));
        }
        QueueOptions options = QueueOptions.of(saved.definition().config());
        NewJob job = new NewJob(KIND, order.script().toString(), options.queue(), options.delay(), KeptRun.text(order));
        if (jobs.add(job).isEmpty()) {
            throw ApiException.unavailable(
                    "script_queue_full",
                    "The script " + order.script() + " was not queued: " + jobs.most()
                            + " queued scripts wait already. Try again later, or raise jobs.most.",
                    RETRY_SECONDS,
                    null);
        }
    }
}
