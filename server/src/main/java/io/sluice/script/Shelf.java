package io.sluice.script;

import java.util.Collection;
import java.util.HashMap;
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
        now.updateAndGet(old -> {
            Map<ScriptId, Version> versions = new HashMap<>(old.release().versions());
            versions.putAll(fresh);
            return new Snapshot(release(old, promotion, versions), without(old.due(), fresh.keySet()));
        });
    }

    void remove(long promotion, ScriptId id) {
        now.updateAndGet(old -> {
            Map<ScriptId, Version> versions = new HashMap<>(old.release().versions());
            versions.remove(id);
            return new Snapshot(release(old, promotion, versions), without(old.due(), Set.of(id)));
        });
    }

    void due(Collection<ScriptId> ids) {
        now.updateAndGet(old -> {
            Set<ScriptId> due = new HashSet<>(old.due());
            due.addAll(ids);
            return new Snapshot(old.release(), due);
        });
    }

    void looked(Collection<ScriptId> ids) {
        now.updateAndGet(old -> new Snapshot(old.release(), without(old.due(), ids)));
    }

    private static Release release(Snapshot old, long promotion, Map<ScriptId, Version> versions) {
        return new Release(Math.max(promotion, old.release().promotion()), versions);
    }

    private static Set<ScriptId> without(Set<ScriptId> due, Collection<ScriptId> ids) {
        Set<ScriptId> left = new HashSet<>(due);
        left.removeAll(ids);
        return left;
    }
}
