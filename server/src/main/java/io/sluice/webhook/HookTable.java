package io.sluice.webhook;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.JSON;
import static io.sluice.store.Table.Kind.NUMBER;
import static io.sluice.store.Table.Kind.TEXT;
import static io.sluice.store.Table.Kind.TIME;

import io.sluice.store.Secrets;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code webhook}: rows with sealed secrets, and the webhooks that they describe. */
record HookTable(Secrets secrets) {
    private static final Table TABLE = new Table(
            "webhook",
            List.of(
                    new Table.Column("name", TEXT),
                    new Table.Column("provider", TEXT),
                    new Table.Column("service_id", NUMBER),
                    new Table.Column("repository", TEXT),
                    new Table.Column("secret", TEXT),
                    new Table.Column("previous_secret", TEXT),
                    new Table.Column("previous_secret_until", TIME),
                    new Table.Column("is_active", FLAG),
                    new Table.Column("branches", JSON),
                    new Table.Column("paths", JSON),
                    new Table.Column("created_date", TIME),
                    new Table.Column("last_modified_date", TIME),
                    new Table.Column("created_by_id", NUMBER),
                    new Table.Column("last_modified_by_id", NUMBER)));
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom CHANCE = new SecureRandom();

    /** 64 hexadecimal digits that nobody can guess. */
    static String freshSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        CHANCE.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    List<Map<String, @Nullable Object>> all(Tx tx) {
        return TABLE.list(tx, "");
    }

    Optional<Map<String, @Nullable Object>> find(Tx tx, long id) {
        return TABLE.byId(tx, id);
    }

    /** The names of those that serve that service. */
    static List<String> namesOf(Tx tx, long service) {
        return TABLE.list(tx, "service_id = ?", service).stream()
                .map(row -> String.valueOf(row.get("name")))
                .toList();
    }

    static boolean isTaken(Tx tx, String name, long self) {
        return TABLE.exists(tx, "lower(name) = lower(?) and id <> ?", name, self);
    }

    /** @param row with its secret in clear */
    long insert(Tx tx, Map<String, @Nullable Object> row) {
        return TABLE.insert(tx, sealed(row));
    }

    /** @param changes with a secret in clear, if that changes: then the one before holds no longer */
    void update(Tx tx, long id, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> row = sealed(changes);
        if (row.containsKey("secret")) {
            row.put("previous_secret", null);
            row.put("previous_secret_until", null);
        }
        TABLE.update(tx, id, row);
    }

    private Map<String, @Nullable Object> sealed(Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(given);
        row.computeIfPresent("secret", (field, text) -> secrets.seal(text.toString()));
        return row;
    }

    /** Puts a secret in the place of the one before, which holds until then. */
    void rotate(Tx tx, Map<String, @Nullable Object> row, String fresh, Instant until) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        changes.put("secret", secrets.seal(fresh));
        changes.put("previous_secret", row.get("secret"));
        changes.put("previous_secret_until", until.toString());
        TABLE.update(tx, id(row), changes);
    }

    void delete(Tx tx, long id) {
        TABLE.delete(tx, id);
    }

    /** The webhook of a row. A secret that cannot be opened is an IllegalStateException. */
    Webhook webhook(Map<String, @Nullable Object> row) {
        Object repository = row.get("repository");
        return new Webhook(
                id(row),
                String.valueOf(row.get("name")),
                Provider.parse(String.valueOf(row.get("provider"))).orElseThrow(),
                row.get("service_id") instanceof Long service ? service : -1,
                repository == null ? Optional.empty() : Optional.of(repository.toString()),
                Boolean.TRUE.equals(row.get("is_active")),
                Filter.of(texts(row.get("branches")), texts(row.get("paths"))),
                keys(row));
    }

    private Keys keys(Map<String, @Nullable Object> row) {
        Secret current = new Secret(secret(row));
        return row.get("previous_secret") instanceof String sealed
                        && row.get("previous_secret_until") instanceof String until
                ? new Keys(current, Optional.of(new Keys.Former(new Secret(secrets.open(sealed)), instant(until))))
                : new Keys(current, Optional.empty());
    }

    /** In clear, for whom it is made for and for the host that it is given to. */
    String secret(Map<String, @Nullable Object> row) {
        return secrets.open(String.valueOf(row.get("secret")));
    }

    private static Instant instant(String shown) {
        return Instant.parse(shown.replace(' ', 'T') + "Z");
    }

    static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of();
    }

    static long id(Map<String, @Nullable Object> row) {
        return row.get("id") instanceof Long id ? id : -1;
    }
}
