package io.sluice.event;

import io.sluice.script.ScriptId;
import io.sluice.service.EventPath;

/** The moments of a call at which event scripts run. */
enum Stage {
    PRE(".pre_process"),
    POST(".post_process"),
    FINAL(""),
    /** After the answer, instead of {@link #FINAL} where no script listens to that. */
    QUEUED(".queued");

    private final String suffix;

    Stage(String suffix) {
        this.suffix = suffix;
    }

    /** Whether that script is named for this stage. */
    boolean isOf(ScriptId script) {
        return script.name().endsWith(suffix);
    }

    /** The script that listens to this stage of that path and verb: {@code event:db._table.orders.get.post_process}. */
    ScriptId script(EventPath path, String verb) {
        return ScriptId.event(path.path() + "." + verb + suffix);
    }
}
