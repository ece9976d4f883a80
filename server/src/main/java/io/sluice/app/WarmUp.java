package io.sluice.app;

import io.sluice.engine.Engines;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptStatus;
import io.sluice.script.Scripts;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the engines that active scripts need ready behind the start, so that no call waits for one: GraalJS takes a second or two. */
record WarmUp(Scripts scripts, Engines engines, Observe observe) {
    /** Returns at once. */
    void begin() {
        Thread.ofPlatform()
                .daemon()
                .name("script-warm-up")
                .priority(Thread.MIN_PRIORITY)
                .start(this::work);
    }

    private void work() {
        Set<String> languages = scripts.statuses().stream()
                .map(ScriptStatus::script)
                .filter(ScriptDefinition::active)
                .map(ScriptDefinition::type)
                .collect(Collectors.toSet());
        languages.forEach(this::warm);
    }

    private void warm(String language) {
        long began = System.nanoTime();
        try {
            if (engines.warm(language)) {
                long millis = (System.nanoTime() - began) / 1_000_000;
                observe.happened(
                        new Observation.Note("scripts in " + language + " can run at once, after " + millis + " ms"));
            }
        } catch (RuntimeException e) {
            observe.happened(new Observation.Note("scripts in " + language + " were not made ready ahead: " + e));
        }
    }
}
