package io.sluice.job;

import io.sluice.job.JobHandler.Outcome;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does one try of a job and writes down what came of it. Thread-safe. */
final class Worker {
    private static final int LONGEST_ERROR = 2_000;

    private final Store store;
    private final Secrets secrets;
    private final Observe observe;
    private final JobSettings settings;
    private final Map<String, JobHandler> handlers;
    private volatile boolean stopping;

    Worker(Store store, Secrets secrets, Observe observe, JobSettings settings, List<JobHandler> handlers) {
        this.store = store;
        this.secrets = secrets;
        this.observe = observe;
        this.settings = settings;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
    }

    /** From here on a failure says nothing about a job: it may come from the stop itself. */
    void stopping() {
        stopping = true;
    }

    /** The tries that were cut off do not count, and the next start begins with them. */
    void stopped() {
        store.write(tx -> {
            JobRecords.uncount(tx);
            JobRecords.release(tx, settings.clock().instant());
            return tx;
        });
    }

    void run(long id) {
        Optional<JobRecords.Begun> begun =
                store.write(tx -> JobRecords.begin(tx, id, settings.clock().instant()));
        begun.ifPresent(this::run);
    }

    private void run(JobRecords.Begun begun) {
        Job job = begun.job();
        long start = System.nanoTime();
        Outcome outcome = job.tries() > settings.tries()
                ? new Outcome.Refused("The server ended while it ran, in each of its " + settings.tries() + " tries.")
                : outcome(job, begun.sealed());
        settle(job, outcome, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Whatever goes wrong in a handler is a failure of that try; a job may not take the thread with it. */
    private Outcome outcome(Job job, String sealed) {
        JobHandler handler = handlers.get(job.kind());
        if (handler == null) {
            return new Outcome.Refused("This server does no jobs of the kind '" + job.kind() + "'.");
        }
        try {
            return handler.run(new JobHandler.Try(job.id(), job.tries(), job.name(), secrets.open(sealed)));
        } catch (RuntimeException | Error e) {
            observe.happened(new Observation.JobBroken(job.id(), job.name(), e));
            return new Outcome.Failed("An internal error: see the log.");
        }
    }

    private void settle(Job job, Outcome outcome, Duration took) {
        switch (outcome) {
            case Outcome.Done(String how) -> {
                store.write(tx -> {
                    JobRecords.done(tx, job);
                    return job;
                });
                observe.happened(new Observation.JobRan(job.id(), job.name(), job.tries(), took, how));
            }
            case Outcome.Failed failed when stopping -> {}
            case Outcome.Postponed postponed when stopping -> {}
            case Outcome.Postponed(String why) -> postpone(job, shortened(why));
            case Outcome.Failed(String why) when job.tries() < settings.tries() -> later(job, shortened(why));
            case Outcome.Failed(String why) -> bury(job, shortened(why));
            case Outcome.Refused(String why) -> bury(job, shortened(why));
        }
    }

    private void later(Job job, String why) {
        Instant next = settings.clock().instant().plus(settings.pauseAfter(job.tries()));
        store.write(tx -> {
            JobRecords.failed(tx, job, why, next);
            return job;
        });
        observe.happened(new Observation.JobFailed(job.id(), job.name(), job.tries(), why, next));
    }

    private void postpone(Job job, String why) {
        Instant next = settings.clock().instant().plus(settings.firstPause());
        store.write(tx -> {
            JobRecords.postponed(tx, job, next);
            return job;
        });
        observe.happened(new Observation.JobPostponed(job.id(), job.name(), why, next));
    }

    private void bury(Job job, String why) {
        int forgotten = store.write(tx -> {
            JobRecords.dead(tx, job, why);
            return JobRecords.forgetDead(tx, settings.most());
        });
        observe.happened(new Observation.JobDead(job.id(), job.name(), job.tries(), why));
        if (forgotten > 0) {
            observe.happened(new Observation.JobsForgotten(forgotten, settings.most()));
        }
    }

    private static String shortened(String why) {
        return why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) + "…" : why;
    }
}
