package io.sluice.job;

import io.sluice.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code job} and {@code job_schedule}. A job and the time that it is due at always change in one transaction, so neither is
 * ever without the other.
 */
final class JobRecords {
    /** The name of our one task in db-scheduler's table. */
    static final String TASK = "job";

    static final String SCHEDULE = "job_schedule";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String COLUMNS =
            "id, kind, name, queue, state, tries, last_error, created_at, started_at, next_at";

    private JobRecords() {}

    /** A job that a thread has taken, with its payload still sealed. */
    record Begun(Job job, String sealed) {}

    static long insert(Tx tx, NewJob job, String sealed, Instant now) {
        Instant due = now.plus(job.delay());
        long id = tx.insert(
                "insert into job (kind, name, queue, state, payload, created_at, next_at) values (?, ?, ?, 'waiting', ?, ?, ?)",
                job.kind(),
                job.name(),
                job.queue(),
                sealed,
                TIME.format(now),
                TIME.format(due));
        schedule(tx, id, due);
        return id;
    }

    private static void schedule(Tx tx, long id, Instant due) {
        tx.update(
                "insert into job_schedule (task_name, task_instance, execution_time, picked, version) values (?, ?, ?, 0, 1)",
                TASK,
                Long.toString(id),
                due.toEpochMilli());
    }

    /** All jobs but the dead letters; counted in an index. */
    static int scheduled(Tx tx) {
        return tx.one("select count(*) from " + SCHEDULE, row -> row.getInt(1)).orElse(0);
    }

    static List<Job> all(Tx tx) {
        return tx.list("select " + COLUMNS + " from job order by id", JobRecords::read);
    }

    static Optional<Job> find(Tx tx, long id) {
        return tx.one("select " + COLUMNS + " from job where id = ?", JobRecords::read, id);
    }

    /** Counts a try and hands the job out; empty when it was deleted in the meantime. */
    static Optional<Begun> begin(Tx tx, long id, Instant now) {
        tx.update(
                "update job set state = 'running', tries = tries + 1, started_at = ?, next_at = null where id = ?"
                        + " and state <> 'dead_letter'",
                TIME.format(now),
                id);
        Optional<Begun> begun = tx.one(
                "select " + COLUMNS + ", payload from job where id = ? and state = 'running'",
                row -> new Begun(read(row), row.getString("payload")),
                id);
        if (begun.isEmpty()) {
            unschedule(tx, id);
        }
        return begun;
    }

    /** It was done in its try of that number, and is gone. */
    static void done(Tx tx, Job job) {
        if (tx.update("delete from job where id = ? and tries = ?", job.id(), job.tries()) > 0) {
            unschedule(tx, job.id());
        }
    }

    /** It failed in its try of that number, and is due again. */
    static void failed(Tx tx, Job job, String why, Instant next) {
        int changed = tx.update(
                "update job set state = 'failed', last_error = ?, next_at = ? where id = ? and tries = ?",
                why,
                TIME.format(next),
                job.id(),
                job.tries());
        if (changed > 0) {
            unschedule(tx, job.id());
            schedule(tx, job.id(), next);
        }
    }

    /** It could not be begun in its try of that number, which does not count; it is due again. */
    static void postponed(Tx tx, Job job, Instant next) {
        int changed = tx.update(
                "update job set state = 'waiting', tries = tries - 1, next_at = ? where id = ? and tries = ?",
                TIME.format(next),
                job.id(),
                job.tries());
        if (changed > 0) {
            unschedule(tx, job.id());
            schedule(tx, job.id(), next);
        }
    }

    static void dead(Tx tx, Job job, String why) {
        int changed = tx.update(
                "update job set state = 'dead_letter', last_error = ?, next_at = null where id = ? and tries = ?",
                why,
                job.id(),
                job.tries());
        if (changed > 0) {
            unschedule(tx, job.id());
        }
    }

    /** Only the newest dead letters are kept; how many of the others went. */
    static int forgetDead(Tx tx, int kept) {
        return tx.update(
                "delete from job where state = 'dead_letter' and id <= (select id from job where state = 'dead_letter'"
                        + " order by id desc limit 1 offset ?)",
                kept);
    }

    private static void unschedule(Tx tx, long id) {
        tx.update("delete from job_schedule where task_name = ? and task_instance = ?", TASK, Long.toString(id));
    }

    /** Makes a failed job or a dead letter due now; a dead letter has all its tries again. */
    static void again(Tx tx, Job job, Instant now) {
        tx.update(
                "update job set state = 'waiting', tries = ?, next_at = ? where id = ?",
                job.state() == JobState.DEAD_LETTER ? 0 : job.tries(),
                TIME.format(now),
                job.id());
        if (job.state() == JobState.DEAD_LETTER) {
            schedule(tx, job.id(), now);
        } else {
            // One that is picked already is about to run.
            tx.update(
                    "update job_schedule set execution_time = ? where task_name = ? and task_instance = ? and picked = 0",
                    now.toEpochMilli(),
                    TASK,
                    Long.toString(job.id()));
        }
    }

    static void delete(Tx tx, long id) {
        tx.update("delete from job where id = ?", id);
        unschedule(tx, id);
    }

    /**
     * Gives back what a process that is no more had picked. The embedded system database serves one server, so whatever is picked
     * before it has begun to pick was picked by a dead one.
     */
    static void release(Tx tx, Instant now) {
        tx.update("update job set state = 'waiting', next_at = ? where state = 'running'", TIME.format(now));
        tx.update("update job_schedule set picked = 0, picked_by = null, last_heartbeat = null, version = version + 1"
                + " where picked = 1");
    }

    /** The tries that a stop cut off do not count. */
    static void uncount(Tx tx) {
        tx.update("update job set tries = tries - 1 where state = 'running' and tries > 0");
    }

    private static Job read(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("queue"),
                JobState.of(row.getString("state")),
                row.getInt("tries"),
                Optional.ofNullable(row.getString("last_error")),
                Instant.parse(row.getString("created_at")),
                moment(row.getString("started_at")),
                moment(row.getString("next_at")));
    }

    private static Optional<Instant> moment(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
