package io.sluice.script;

import java.util.Map;
import java.util.Optional;

/**
 * What came of looking after a push.
 *
 * @param commit the head that was read; empty when none could be, or when no script is linked there
 * @param scripts each script that it concerns
 * @param problem why a source could not be asked, or a text could not be judged: the same push may succeed later
 */
public record Pushed(Optional<String> commit, Map<ScriptId, Refreshed> scripts, Optional<String> problem) {
    public Pushed {
        scripts = Map.copyOf(scripts);
    }
}
