package io.sluice.job;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The door of this room. Takes jobs from the beginning; does them from {@link #start} on. Thread-safe. */
public final class Jobs implements AutoCloseable {
    private final Store store;
    private final Secrets secrets;
    private final Observe observe;
    private final JobSettings settings;
    private volatile Optional<Dispatcher> dispatcher = Optional.empty();

    public Jobs(Store store, Secrets secrets, Observe observe, JobSettings settings) {
        this.store = store;
        this.secrets = secrets;
        this.observe = observe;
        this.settings = settings;
    }

    /**
     * Commits a job, then wakes a thread for it. When this returns an id the job will be done, whatever happens to the process. Not
     * inside a transaction.
     *
     * @return its id; empty when too many wait already, and then it will not be done
     */
    public OptionalLong add(NewJob job) {
        String sealed = secrets.seal(job.payload());
        OptionalLong id = store.write(tx -> insert(tx, job, sealed));
        if (id.isPresent()) {
            observe.happened(new Observation.JobQueued(id.getAsLong(), job.name(), job.delay()));
            wake();
        }
        return id;
    }

    private OptionalLong insert(Tx tx, NewJob job, String sealed) {
        return JobRecords.scheduled(tx) < settings.most()
                ? OptionalLong.of(
                        JobRecords.insert(tx, job, sealed, settings.clock().instant()))
                : OptionalLong.empty();
    }

    /** The most that may wait; and the most dead letters that are kept. */
    public int most() {
        return settings.most();
    }

    /** Begins to do jobs; those that a process left behind when it died are done first. */
    public void start(List<JobHandler> handlers) {
        store.write(tx -> {
            JobRecords.release(tx, settings.clock().instant());
            return tx;
        });
        Worker worker = new Worker(store, secrets, observe, settings, handlers);
        Dispatcher started = new Dispatcher(store.plainConnections(), settings, worker);
        dispatcher = Optional.of(started);
        started.start();
    }

    private void wake() {
        dispatcher.ifPresent(Dispatcher::wake);
    }

    /** All jobs that are not done, in the order in which they came. */
    public List<Job> all(Tx tx) {
        return JobRecords.all(tx);
    }

    public Optional<Job> find(Tx tx, long id) {
        return JobRecords.find(tx, id);
    }

    /** What became of a wish to change a job. */
    public sealed interface Change {
        record Made(Job job) implements Change {}

        /** Its state does not allow it. */
        record Refused(JobState state) implements Change {}

        record Unknown() implements Change {}

        /** A dead letter cannot wait again while {@link #most} jobs wait. */
        record Full() implements Change {}
    }

    /** Makes a failed job or a dead letter run now; a dead letter gets all its tries again. Not inside a transaction. */
    public Change retry(long id) {
        Change change =
                store.write(tx -> find(tx, id).map(job -> again(tx, job)).orElseGet(Change.Unknown::new));
        wake();
        return change;
    }

    private Change again(Tx tx, Job job) {
        return switch (job.state()) {
            case WAITING, RUNNING -> new Change.Refused(job.state());
            case FAILED -> due(tx, job);
            case DEAD_LETTER -> JobRecords.scheduled(tx) < settings.most() ? due(tx, job) : new Change.Full();
        };
    }

    private Change due(Tx tx, Job job) {
        JobRecords.again(tx, job, settings.clock().instant());
        return new Change.Made(find(tx, job.id()).orElse(job));
    }

    /** Deletes a job that does not run at the moment: it will not be done. */
    public Change delete(Tx tx, long id) {
        return find(tx, id).map(job -> gone(tx, job)).orElseGet(Change.Unknown::new);
    }

    private static Change gone(Tx tx, Job job) {
        return switch (job.state()) {
            case RUNNING -> new Change.Refused(job.state());
            case WAITING, FAILED, DEAD_LETTER -> {
                JobRecords.delete(tx, job.id());
                yield new Change.Made(job);
            }
        };
    }

    /** Takes no further job up and gives those that run a moment; what is not done by then is done after the next start. */
    @Override
    public void close() {
        dispatcher.ifPresent(Dispatcher::close);
        dispatcher = Optional.empty();
    }
}
