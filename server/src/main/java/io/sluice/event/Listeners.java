package io.sluice.event;

import io.sluice.script.ScriptDefinition;
import io.sluice.service.EventPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The scripts that listen to one stage of one call, generic before concrete. */
record Listeners(List<Listener> inOrder) {
    record Listener(EventPath path, ScriptDefinition script) {}

    static Listeners of(List<EventPath> paths, Function<EventPath, Optional<ScriptDefinition>> listening) {
        List<Listener> found = new ArrayList<>(2);
        for (EventPath path : paths) {
            listening.apply(path).ifPresent(script -> found.add(new Listener(path, script)));
        }
        return new Listeners(found);
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }
}
