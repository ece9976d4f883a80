package io.sluice.webhook;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The webhooks in memory, as committed. Thread-safe. */
final class Hooks {
    private final HookTable table;
    private final Store store;
    private final Observe observe;
    private final AtomicReference<Map<Long, Webhook>> known = new AtomicReference<>(Map.of());

    Hooks(HookTable table, Store store, Observe observe) {
        this.table = table;
        this.store = store;
        this.observe = observe;
        read();
    }

    Optional<Webhook> find(long id) {
        return Optional.ofNullable(known.get().get(id));
    }

    /** Commits run one after the other, so the last to read is the newest. */
    void changed(Tx tx) {
        tx.afterCommit(this::read);
    }

    private void read() {
        Map<Long, Webhook> read = new HashMap<>();
        store.read(table::all).stream()
                .map(this::webhook)
                .flatMap(Optional::stream)
                .forEach(hook -> read.put(hook.id(), hook));
        known.set(Map.copyOf(read));
    }

    /** One whose secret cannot be opened is as good as inactive, and the others live. */
    private Optional<Webhook> webhook(Map<String, @Nullable Object> row) {
        try {
            return Optional.of(table.webhook(row));
        } catch (IllegalStateException e) {
            observe.happened(
                    new Observation.Note("webhook " + row.get("name") + " is not reachable: " + e.getMessage()));
            return Optional.empty();
        }
    }
}
