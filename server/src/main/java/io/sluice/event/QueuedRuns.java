package io.sluice.event;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.job.JobHandler;
import io.sluice.script.SavedScript;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs queued scripts, each as the caller that it was queued for, with the rights that they have now. Thread-safe. */
public final class QueuedRuns implements JobHandler {
    private final Scripts scripts;
    private final Events events;
    private final QueuedCallers callers;

    public QueuedRuns(Scripts scripts, Events events, QueuedCallers callers) {
        this.scripts = scripts;
        this.events = events;
        this.callers = callers;
    }

    @Override
    public String kind() {
        return ScriptQueue.KIND;
    }

    @Override
    public Outcome run(Try job) {
        KeptRun kept = KeptRun.read(job.payload());
        Optional<String> hindrance = hindrance(kept.script());
        if (hindrance.isPresent()) {
            return new Outcome.Refused(hindrance.get());
        }
        try {
            return run(job, kept, callers.again(kept.caller()));
        } catch (ApiException e) {
            return new Outcome.Refused(e.error().message());
        }
    }

    private Optional<String> hindrance(ScriptId id) {
        Optional<SavedScript> script = scripts.definition(id);
        if (script.isEmpty()) {
            return Optional.of("The script " + id + " was deleted meanwhile.");
        }
        return script.get().definition().active()
                ? Optional.empty()
                : Optional.of("The script " + id + " was deactivated meanwhile.");
    }

    private Outcome run(Try job, KeptRun kept, Caller caller) {
        EventScope scope = events.open(callers.calls(caller), kept.queuedBefore() + 1);
        Map<String, @Nullable Object> event = kept.event();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", job.id());
        shown.put("try", job.number());
        event.put("job", shown);
        return switch (scripts.run(kept.script(), scope.runs(), caller, event, kept.print())) {
            case Scripts.Ran.Completed done -> new Outcome.Done("ok");
            case Scripts.Ran.Skipped(String why) -> new Outcome.Done("skipped: " + why);
            // No engine for its language, which no try will bring.
            case Scripts.Ran.Failed failed
            when failed.error().status() == 501 ->
                new Outcome.Refused(failed.error().message());
            case Scripts.Ran.Failed failed
            when failed.busy() -> new Outcome.Postponed(failed.error().message());
            case Scripts.Ran.Failed failed ->
                new Outcome.Failed(
                        scripts.masked(kept.script(), caller, failed.error().message()));
        };
    }
}
