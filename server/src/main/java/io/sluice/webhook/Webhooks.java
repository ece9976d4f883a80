package io.sluice.webhook;

import io.sluice.api.ApiResponse;
import io.sluice.api.RawExchange;
import io.sluice.observe.Observe;
import io.sluice.script.Scripts;
import io.sluice.service.Services;
import io.sluice.store.Secrets;
import io.sluice.store.Store;

/** The door of this room. Takes deliveries from the beginning; works off what an earlier process left from {@link #start} on. Thread-safe. */
public final class Webhooks implements AutoCloseable {
    private final Store store;
    private final Looks looks;
    private final Reception reception;
    private final WebhookRecords records;

    public Webhooks(
            Store store,
            Secrets secrets,
            Services services,
            Scripts scripts,
            Observe observe,
            WebhookSettings settings) {
        this.store = store;
        HookTable table = new HookTable(secrets);
        Hooks hooks = new Hooks(table, store, observe);
        BadSignatures bad = new BadSignatures(settings.clock());
        this.looks = new Looks(scripts, services, store, observe, settings);
        Intake intake = new Intake(store, observe, settings.clock(), bad, looks::ask);
        this.reception = new Reception(hooks, intake, services, settings.clock());
        this.records = new WebhookRecords(store, table, hooks, services, bad, intake, settings);
    }

    /** How many bytes the body of a delivery may have, before any of it is read; an ApiException refuses it unread. */
    public int admit(RawExchange head) {
        return reception.admit(head);
    }

    /** Answers a delivery; its work goes on after that. Expected failures are ApiExceptions. */
    public ApiResponse answer(RawExchange exchange) {
        return reception.answer(exchange);
    }

    /** For those who administer webhooks. */
    public WebhookRecords records() {
        return records;
    }

    /** Takes up deliveries whose work was not done when an earlier process ended. The services must run by now. */
    public void start() {
        store.read(DeliveryRecords::open).forEach(looks::ask);
    }

    /** Ends the looks that are under way; what is not done by then is done after the next start. */
    @Override
    public void close() {
        looks.close();
    }
}
