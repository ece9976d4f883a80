package io.sluice.script;

import io.sluice.api.Body;
import io.sluice.engine.PlatformCalls.KeyValues;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code platform.store}: rows of the table {@code key_value}, the same for all scripts and nodes, gone when their time is over.
 * Bounded in number and size, so that scripts cannot fill the system database. Thread-safe.
 */
final class KeyValueRecords implements KeyValues {
    static final int MOST_ENTRIES = 10_000;
    static final int MOST_BYTES = 256 << 10;
    static final long LONGEST_SECONDS = 365L * 24 * 60 * 60;
    private static final int LONGEST_KEY = 255;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Clock clock;
    private final long mostInAll;

    /** @param mostInAll bytes of keys and values together */
    KeyValueRecords(Store store, Clock clock, long mostInAll) {
        this.store = store;
        this.clock = clock;
        this.mostInAll = mostInAll;
    }

    @Override
    public Optional<Object> get(String key) {
        Optional<String> json = store.read(tx -> tx.one(
                "select entry_value from key_value where entry_key = ? and expires_at > ?",
                row -> row.getString(1),
                key,
                clock.millis()));
        return json.map(text -> Body.raw(text.getBytes(StandardCharsets.UTF_8), "application/json")
                .payload());
    }

    /** To keep null is to keep nothing. */
    @Override
    public void set(String key, @Nullable Object value, long seconds) {
        checkKey(key);
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException("A value of platform.store is kept for 1 to " + LONGEST_SECONDS
                    + " seconds (a year), not " + seconds + ".");
        }
        if (value == null) {
            delete(key);
        } else {
            String json = json(key, value);
            store.write(tx -> keep(tx, key, json, clock.millis() + seconds * 1000));
        }
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "A key of platform.store has 1 to " + LONGEST_KEY + " characters, not " + key.length() + ".");
        }
    }

    private static String json(String key, Object value) {
        try {
            String json = JSON.writeValueAsString(value);
            if (json.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return json;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The value for '" + key + "' cannot be kept as JSON.", e);
        }
        throw new IllegalArgumentException("The value for '" + key + "' is larger than the " + (MOST_BYTES >> 10)
                + " KB of JSON that platform.store keeps under a key.");
    }

    private record Held(int entries, long bytes) {}

    /** Read from the heads of the rows: no value is loaded for it. */
    private static Held held(Tx tx) {
        return tx.one(
                        "select count(*), sum(octet_length(entry_key) + octet_length(entry_value)) from key_value",
                        row -> new Held(row.getInt(1), row.getLong(2)))
                .orElse(new Held(0, 0));
    }

    private boolean keep(Tx tx, String key, String json, long expiresAt) {
        tx.update("delete from key_value where expires_at <= ? or entry_key = ?", clock.millis(), key);
        Held held = held(tx);
        if (held.entries() >= MOST_ENTRIES) {
            throw new IllegalArgumentException("platform.store is full: it holds " + MOST_ENTRIES
                    + " keys, for all scripts together. Delete some, or keep them for a shorter time.");
        }
        long more = key.getBytes(StandardCharsets.UTF_8).length + json.getBytes(StandardCharsets.UTF_8).length;
        if (held.bytes() + more > mostInAll) {
            throw new IllegalArgumentException("platform.store is full: it holds " + held.bytes() + " of "
                    + mostInAll + " bytes, for all scripts together, and " + more
                    + " more do not fit. Delete some keys,"
                    + " keep them for a shorter time, or raise scripts.store_mb.");
        }
        tx.update("insert into key_value (entry_key, entry_value, expires_at) values (?, ?, ?)", key, json, expiresAt);
        return true;
    }

    @Override
    public boolean delete(String key) {
        return store.write(tx ->
                        tx.update("delete from key_value where entry_key = ? and expires_at > ?", key, clock.millis()))
                > 0;
    }
}
