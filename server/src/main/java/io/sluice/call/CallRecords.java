package io.sluice.call;

import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of calls that carried a key. Answers are sealed: they are data of other systems. Thread-safe. */
final class CallRecords {
    private static final String DONE = "done";

    /** More than one is added with each call, so the table shrinks in the end; and no call pays for all of them. */
    private static final int PURGED_AT_ONCE = 100;

    private final Store store;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration kept;

    CallRecords(Store store, Secrets secrets, Clock clock, Duration kept) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * What is known of an earlier call.
     *
     * @param answer empty when it is not known how the call ended, or when the answer was not kept
     */
    record Earlier(String request, boolean done, Optional<String> answer) {}

    /** The earlier call with that key; when there was none, from now on there is one, under way. */
    Optional<Earlier> claim(CallKey key) {
        return store.write(tx -> {
            purge(tx);
            Optional<Earlier> earlier = find(tx, key);
            if (earlier.isEmpty()) {
                tx.insert(
                        "insert into idempotent_call (call_key, request_hash, state, created_date) values (?, ?, 'running', ?)",
                        key.call(),
                        key.request(),
                        moment(Duration.ZERO));
            }
            return earlier;
        });
    }

    private Optional<Earlier> find(Tx tx, CallKey key) {
        return tx.one(
                "select request_hash, state, answer from idempotent_call where call_key = ? and created_date >= ?",
                row -> {
                    @Nullable String sealed = row.getString(3);
                    return new Earlier(
                            row.getString(1),
                            row.getString(2).equals(DONE),
                            Optional.ofNullable(sealed).map(secrets::open));
                },
                key.call(),
                moment(kept));
    }

    private void purge(Tx tx) {
        tx.update(
                "delete from idempotent_call where id in"
                        + " (select id from idempotent_call where created_date < ? order by created_date limit ?)",
                moment(kept),
                PURGED_AT_ONCE);
    }

    /** The call has ended for good; with no answer it will never be known what it said. */
    void keep(CallKey key, Optional<String> answer) {
        @Nullable String sealed = answer.map(secrets::seal).orElse(null);
        store.write(tx -> tx.update(
                "update idempotent_call set state = 'done', answer = ? where call_key = ?", sealed, key.call()));
    }

    /** The call did nothing: the next one with that key is the first. */
    void release(CallKey key) {
        store.write(tx -> tx.update("delete from idempotent_call where call_key = ?", key.call()));
    }

    private String moment(Duration ago) {
        return clock.instant().minus(ago).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
