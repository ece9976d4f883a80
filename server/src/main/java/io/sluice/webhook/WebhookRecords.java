package io.sluice.webhook;

import io.sluice.api.ApiException;
import io.sluice.service.Services;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks and their deliveries as those who administer them see them: maps by field name. Secrets are told when they are made and never
 * again. Thread-safe.
 */
public final class WebhookRecords {
    /** What stands in the place of a secret. */
    public static final String MASK = "**********";

    private static final String SECRET = "secret";

    private final Store store;
    private final HookTable table;
    private final Hooks hooks;
    private final Services services;
    private final BadSignatures bad;
    private final Intake intake;
    private final WebhookSettings settings;

    WebhookRecords(
            Store store,
            HookTable table,
            Hooks hooks,
            Services services,
            BadSignatures bad,
            Intake intake,
            WebhookSettings settings) {
        this.store = store;
        this.table = table;
        this.hooks = hooks;
        this.services = services;
        this.bad = bad;
        this.intake = intake;
        this.settings = settings;
    }

    /** A page of the delivery log, and how many lines there are. */
    public record Page(List<Map<String, @Nullable Object>> deliveries, long count) {}

    /** All, in the order of their ids, secrets masked. */
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return table.all(tx).stream().map(this::shown).toList();
    }

    public Optional<Map<String, @Nullable Object>> find(Tx tx, long id) {
        return table.find(tx, id).map(this::shown);
    }

    /** The names of the webhooks of that service. */
    public List<String> ofService(Tx tx, long service) {
        return HookTable.namesOf(tx, service);
    }

    /**
     * What is wrong with fields that are to be written, by field, in whole sentences.
     *
     * @param self the id of the record that they are for, -1 for a new one
     */
    public Map<String, String> wrong(Tx tx, Map<String, @Nullable Object> fields, long self) {
        return new HookCheck(services).wrong(tx, fields, self);
    }

    /** Makes one; without a secret it gets one. The record, with its secret in clear. */
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(fields);
        String secret = row.get(SECRET) instanceof String given ? given : HookTable.freshSecret();
        row.put(SECRET, secret);
        long id = table.insert(tx, row);
        return told(tx, id, secret);
    }

    /** Changes one; a secret that is masked stays. */
    public Map<String, @Nullable Object> update(Tx tx, long id, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(fields);
        if (row.get(SECRET) == null || MASK.equals(row.get(SECRET))) {
            row.remove(SECRET);
        }
        existing(tx, id);
        table.update(tx, id, row);
        hooks.changed(tx);
        return shown(existing(tx, id));
    }

    public void delete(Tx tx, long id) {
        existing(tx, id);
        table.delete(tx, id);
        hooks.changed(tx);
    }

    /** Makes a new secret; the old one holds for that time too. The record, with the new secret in clear. */
    public Map<String, @Nullable Object> rotate(Tx tx, long id, Duration overlap) {
        String fresh = HookTable.freshSecret();
        Instant until = now().plus(overlap);
        table.rotate(tx, existing(tx, id), fresh, until);
        return told(tx, id, fresh);
    }

    private Map<String, @Nullable Object> told(Tx tx, long id, String secret) {
        hooks.changed(tx);
        Map<String, @Nullable Object> shown = shown(existing(tx, id));
        shown.put(SECRET, secret);
        return shown;
    }

    private Map<String, @Nullable Object> existing(Tx tx, long id) {
        return table.find(tx, id).orElseThrow(() -> missing(id));
    }

    private static ApiException missing(long id) {
        return ApiException.notFound("Record with identifier '" + id + "' not found.");
    }

    private Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
        shown.remove("previous_secret");
        shown.put(SECRET, MASK);
        shown.put("branches", HookTable.texts(row.get("branches")));
        shown.put("paths", HookTable.texts(row.get("paths")));
        shown.put("url", address(HookTable.id(row), settings.publicUrl()));
        shown.put("bad_signatures", bad.count(HookTable.id(row)));
        return shown;
    }

    /** The path alone when the server does not know how it is reached. */
    private static String address(long id, Optional<URI> publicUrl) {
        return publicUrl.map(url -> url.toString().replaceFirst("/+$", "")).orElse("") + "/hooks/" + id;
    }

    private Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Newest first; 404 when there is no such webhook. */
    public Page deliveries(long id, long offset, long limit) {
        return store.read(tx -> {
            existing(tx, id);
            return new Page(DeliveryRecords.page(tx, id, offset, limit), DeliveryRecords.count(tx, id));
        });
    }

    /** One line of its log; 404 when it is not kept. */
    public Map<String, @Nullable Object> delivery(long id, long number) {
        return store.read(tx -> DeliveryRecords.shown(tx, id, number)).orElseThrow(() -> noDelivery(number));
    }

    /** Has the branches that a delivery told of looked at again, as a delivery of its own. 409 when it told of none. */
    public void redeliver(long id, long number) {
        delivery(id, number);
        Ask ask = store.read(tx -> DeliveryRecords.ask(tx, id, number))
                .orElseThrow(() -> ApiException.conflict(
                        "Delivery " + number + " told of no branch or tag that this webhook is for."));
        Webhook hook = hooks.find(id).orElseThrow(() -> missing(id));
        intake.take(hook, Optional.empty(), "redelivery", ask.claim());
    }

    private static ApiException noDelivery(long number) {
        return ApiException.notFound("Delivery " + number + " is not kept.");
    }

    /** Makes the webhook at its host. Calls the host, so not inside a transaction. */
    public Map<String, @Nullable Object> install(long id, Optional<String> address, Optional<String> repository) {
        Map<String, @Nullable Object> row = store.read(tx -> existing(tx, id));
        return new Installing(services, settings.publicUrl())
                .install(table.webhook(row), table.secret(row), address, repository);
    }
}
