package io.sluice.event;

import io.sluice.script.RunScope;

/** What one call and the calls that its scripts make share; opaque to those who pass it on. */
public final class EventScope {
    private final RunScope runs;

    EventScope(RunScope runs) {
        this.runs = runs;
    }

    RunScope runs() {
        return runs;
    }
}
