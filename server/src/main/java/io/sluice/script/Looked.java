package io.sluice.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a look.
 *
 * @param commit the head of the branch that was asked for first, if any was
 * @param problem why a source could not be asked or a text not be judged
 */
record Looked(Map<ScriptId, Refreshed> scripts, Optional<String> commit, Optional<String> problem) {
    static final Looked NOTHING = new Looked(Map.of(), Optional.empty(), Optional.empty());

    /** With what came of a further look at some others. */
    Looked and(Looked later) {
        Map<ScriptId, Refreshed> all = new HashMap<>(scripts);
        all.putAll(later.scripts);
        return new Looked(all, later.commit.or(() -> commit), later.problem.or(() -> problem));
    }
}
