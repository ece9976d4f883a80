package io.sluice.script;

import io.sluice.script.ScriptRecords.Kept;
import io.sluice.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The release of now, and the scripts that have to be looked at before their next run.
 *
 * @param due saved or cleared since the last look
 */
record Snapshot(Release release, Set<ScriptId> due) {
    Snapshot {
        due = Set.copyOf(due);
    }

    /**
     * As the system database has it. What was refused or missing is looked at in the background, with the others of its branch: a call
     * would take it for itself.
     */
    static Snapshot kept(Tx tx, List<Kept> scripts) {
        Map<ScriptId, Version> versions = new HashMap<>();
        VersionRecords.current(tx).forEach(version -> versions.put(version.script(), version));
        Set<ScriptId> due = scripts.stream()
                .filter(kept -> kept.standing().state() == ScriptState.STALE)
                .map(Kept::id)
                .collect(Collectors.toSet());
        return new Snapshot(Release.of(ScriptRecords.promotion(tx), versions), due);
    }

    /** Whether a call can run it without looking at its source. */
    boolean ready(ScriptId id) {
        return !due.contains(id) && release.version(id).isPresent();
    }
}
