package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.api.Caller;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Administrators and users as the decision needs them, at most 10,000 in memory. Any change of a person makes all entries old,
 * so that one read before a commit can never stay. Thread-safe.
 */
final class People {
    private static final int MOST = 10_000;
    private final Store store;
    private final SecretKey key;
    private final AtomicLong generation = new AtomicLong();
    private final Cache<Long, Entry> byId =
            Caffeine.newBuilder().maximumSize(MOST).build();

    People(Store store, SecretKey key) {
        this.store = store;
        this.key = key;
    }

    /**
     * One person.
     *
     * @param fingerprint changes with password and email; tokens hold it
     * @param generation how many changes there had been when this was read
     */
    record Entry(Caller.Person person, boolean active, String fingerprint, Map<Long, Long> roleByApp, long generation) {
        Entry {
            roleByApp = Map.copyOf(roleByApp);
        }

        /** May do everything. */
        boolean unrestricted() {
            return person.admin() && roleByApp.isEmpty();
        }
    }

    Optional<Entry> find(long id) {
        Entry known = byId.getIfPresent(id);
        if (known != null && known.generation() == generation.get()) {
            return Optional.of(known);
        }
        long now = generation.get();
        Optional<Entry> read = store.read(tx -> read(tx, id, now));
        read.ifPresent(entry -> byId.put(id, entry));
        return read;
    }

    /** Makes what is in memory old, once the transaction has committed. */
    void changed(Tx tx) {
        tx.afterCommit(generation::incrementAndGet);
    }

    /** One person's entry is read anew once the transaction has committed; nothing that a decision needs has changed. */
    void forget(Tx tx, long id) {
        tx.afterCommit(() -> byId.invalidate(id));
    }

    private Optional<Entry> read(Tx tx, long id, long now) {
        return Persons.TABLE
                .byId(tx, id)
                .map(row -> new Entry(
                        person(row),
                        Boolean.TRUE.equals(row.get("is_active")),
                        fingerprint(row),
                        Assignments.of(tx, id),
                        now));
    }

    private static Caller.Person person(Map<String, @Nullable Object> row) {
        Map<String, String> texts = new HashMap<>();
        row.forEach((name, value) -> texts.put(name, value == null ? "" : value.toString()));
        return new Caller.Person(
                (Long) Objects.requireNonNull(row.get("id")),
                texts.getOrDefault("name", ""),
                texts.getOrDefault("username", ""),
                texts.getOrDefault("first_name", ""),
                texts.getOrDefault("last_name", ""),
                texts.getOrDefault("email", ""),
                Boolean.TRUE.equals(row.get("is_sys_admin")),
                texts.getOrDefault("last_login_date", ""));
    }

    private String fingerprint(Map<String, @Nullable Object> row) {
        String email = String.valueOf(row.get("email")).toLowerCase(Locale.ROOT);
        return keyed(row.get("password") + "\n" + email);
    }

    /** A text that says nothing about what it was made from. */
    String keyed(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
