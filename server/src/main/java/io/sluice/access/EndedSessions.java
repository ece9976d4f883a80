package io.sluice.access;

import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens that were ended before their time, in memory and in the system database, until they could not be used anyway. */
final class EndedSessions {
    private final Store store;
    private final Clock clock;
    private final Map<String, Instant> untilById = new ConcurrentHashMap<>();

    EndedSessions(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        store.read(tx -> tx.list(
                        "select token_id, expires_at from ended_session",
                        row -> Map.entry(row.getString("token_id"), Instant.parse(row.getString("expires_at")))))
                .forEach(entry -> untilById.put(entry.getKey(), entry.getValue()));
    }

    boolean has(Tokens.Token token) {
        return untilById.containsKey(token.id());
    }

    /** Whether this call ended it: of several that try, one does. */
    boolean end(Tokens.Token token) {
        return store.write(tx -> end(tx, token));
    }

    private boolean end(Tx tx, Tokens.Token token) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        tx.update("delete from ended_session where expires_at < ?", now.toString());
        if (tx.one("select 1 from ended_session where token_id = ?", row -> true, token.id())
                .isPresent()) {
            return false;
        }
        Instant until = token.refreshableUntil().truncatedTo(ChronoUnit.SECONDS);
        tx.update("insert into ended_session (token_id, expires_at) values (?, ?)", token.id(), until.toString());
        tx.afterCommit(() -> {
            untilById.values().removeIf(end -> end.isBefore(now));
            untilById.put(token.id(), until);
        });
        return true;
    }
}
