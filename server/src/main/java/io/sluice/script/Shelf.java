package io.sluice.script;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the snapshot of now. Each change is one swap; the promotion number only grows. */
final class Shelf {
    private final AtomicReference<Snapshot> now;

    Shelf(Snapshot first) {
        this.now = new AtomicReference<>(first);
    }

    Snapshot now() {
        return now.get();
    }

    /** Makes all these versions current at once. */
    void promote(long promotion, Map<ScriptId, Version> fresh) {
        settle(promotion, fresh, Set.of(), Set.of());
    }

    /**
     * What came of a look, at once.
     *
     * @param promotion the number of the fresh versions, any when there are none
     * @param looked need no look before their next run
     * @param due need one, fresh or not
     */
    void settle(long promotion, Map<ScriptId, Version> fresh, Collection<ScriptId> looked, Collection<ScriptId> due) {
        now.updateAndGet(old -> {
            Set<ScriptId> left = new HashSet<>(old.due());
            fresh.keySet().forEach(left::remove);
            looked.forEach(left::remove);
            left.addAll(due);
            return new Snapshot(fresh.isEmpty() ? old.release() : old.release().with(promotion, fresh), left);
        });
    }

    void remove(long promotion, ScriptId id) {
        now.updateAndGet(old -> {
            Set<ScriptId> due = new HashSet<>(old.due());
            due.remove(id);
            return new Snapshot(old.release().without(promotion, id), due);
        });
    }

    void due(Collection<ScriptId> ids) {
        settle(0, Map.of(), Set.of(), ids);
    }
}
