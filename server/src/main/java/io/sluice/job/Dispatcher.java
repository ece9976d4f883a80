package io.sluice.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * db-scheduler, told about one task: picks the jobs that are due and beats for those that run. What becomes of a job is written by
 * {@link Worker} in the job's own transaction, so there is nothing left to do when a try has ended.
 */
final class Dispatcher implements AutoCloseable {
    /** A new job does not wait for this: it wakes. Only jobs that wait for a time do. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final int BEATS_MISSED = 6;

    /** Only the system database itself can make a try fail here: a full disk, say. */
    private static final Duration STORE_PAUSE = Duration.ofSeconds(10);

    /** Jobs fetched at once, for each thread; the next are fetched when half of that is left for each. */
    private static final double FETCHED = 10;

    private final Scheduler scheduler;
    private final Worker worker;

    Dispatcher(DataSource source, JobSettings settings, Worker worker) {
        this.worker = worker;
        Task<Void> task = Tasks.custom(JobRecords.TASK, Void.class)
                .onDeadExecutionRevive()
                .onFailure(new FailureHandler.OnFailureRetryLater<>(STORE_PAUSE))
                .execute((instance, context) -> {
                    worker.run(Long.parseLong(instance.getId()));
                    return (complete, operations) -> {};
                });
        this.scheduler = new Builder(source, task)
                .tableName(JobRecords.SCHEDULE)
                .alwaysPersistTimestampInUTC()
                .clock(settings.clock()::instant)
                .threads(settings.threads())
                .executorService(Executors.newFixedThreadPool(
                        settings.threads(), Thread.ofVirtual().name("job-", 0).factory()))
                .pollingInterval(POLL)
                .pollUsingFetch(0.5, FETCHED)
                .heartbeatInterval(BEAT)
                .missedHeartbeatsLimit(BEATS_MISSED)
                .shutdownMaxWait(settings.stopping())
                .failureLogging(LogLevel.ERROR, true)
                .build();
    }

    /** The pauses between two looks are real ones, whatever clock says what is due. */
    private static final class Builder extends SchedulerBuilder {
        Builder(DataSource source, Task<Void> task) {
            super(source, List.of(task));
        }

        @Override
        protected Waiter buildWaiter() {
            return new Waiter(poolingInterval);
        }
    }

    void start() {
        scheduler.start();
    }

    /** Looks for due jobs now. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    @Override
    public void close() {
        worker.stopping();
        scheduler.stop();
        worker.stopped();
    }
}
