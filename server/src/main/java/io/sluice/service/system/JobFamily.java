package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.job.Jobs;
import io.sluice.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as records: they are made by calls and changed by the queue alone. Times are ISO-8601 in UTC. */
record JobFamily(Jobs jobs) implements RecordFamily {
    private static final int RETRY_SECONDS = 5;

    @Override
    public String name() {
        return "job";
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return jobs.all(tx).stream().map(JobFamily::shown).toList();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return jobs.find(tx, (Long) key).map(JobFamily::shown);
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        throw ApiException.badRequest("Jobs are made by calls whose scripts are queued, not by hand.");
    }

    @Override
    public Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller) {
        throw ApiException.badRequest("Jobs cannot be changed: retry one with POST job/ID/retry, or delete it.");
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        switch (jobs.delete(tx, (Long) key)) {
            case Jobs.Change.Made made -> {}
            case Jobs.Change.Unknown unknown -> throw missing(key);
            case Jobs.Change.Full full -> throw new IllegalStateException("nothing is queued by a deletion");
            case Jobs.Change.Refused refused ->
                throw ApiException.conflict("Job " + key + " is running and cannot be deleted.");
        }
    }

    /** The job after it was told to run again. */
    Map<String, @Nullable Object> retry(long id) {
        return switch (jobs.retry(id)) {
            case Jobs.Change.Made(Job job) -> shown(job);
            case Jobs.Change.Unknown unknown -> throw missing(id);
            case Jobs.Change.Refused(JobState state) ->
                throw ApiException.conflict("Job " + id + " is " + state.word()
                        + ": only one that failed, or is a dead letter, can be retried.");
            case Jobs.Change.Full full ->
                throw ApiException.unavailable(
                        "script_queue_full",
                        "Job " + id + " was not queued again: " + jobs.most()
                                + " queued scripts wait already. Try again later, or raise jobs.most.",
                        RETRY_SECONDS,
                        null);
        };
    }

    private static ApiException missing(Object key) {
        return ApiException.notFound("Record with identifier '" + key + "' not found.");
    }

    private static Map<String, @Nullable Object> shown(Job job) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", job.id());
        shown.put("kind", job.kind());
        shown.put("name", job.name());
        shown.put("queue", job.queue());
        shown.put("state", job.state().word());
        shown.put("tries", job.tries());
        shown.put("last_error", job.lastError().orElse(null));
        shown.put("created_at", job.createdAt().toString());
        shown.put("started_at", job.startedAt().map(Instant::toString).orElse(null));
        shown.put("next_at", job.nextAt().map(Instant::toString).orElse(null));
        return shown;
    }
}
