package io.sluice.script;

import java.util.Set;

/**
 * The release of now, and the scripts that have to be looked at before their next run.
 *
 * @param due saved or cleared since the last look
 */
record Snapshot(Release release, Set<ScriptId> due) {
    Snapshot {
        due = Set.copyOf(due);
    }

    /** Whether a call can run it without looking at its source. */
    boolean ready(ScriptId id) {
        return !due.contains(id) && release.versions().containsKey(id);
    }
}
