package io.sluice.script;

import io.sluice.api.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes runs of scripts that are to happen after the answer. */
public interface RunQueue {
    /** When this returns the run will happen, whatever happens to the process. What cannot be queued is an ApiException. */
    void add(Order order);

    /**
     * A script to be run later, as its caller.
     *
     * @param event what it will see; nothing of it is changed
     * @param queuedBefore of the scope that it is queued in
     * @param print whether the lines that it prints go to the log
     */
    record Order(
            ScriptId script, Caller caller, Map<String, @Nullable Object> event, int queuedBefore, boolean print) {}
}
