package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import io.sluice.script.Draft;
import io.sluice.script.DryRun;
import io.sluice.script.DryRuns;
import io.sluice.script.DryRuns.Setting;
import io.sluice.script.EventData;
import io.sluice.script.ScriptAnswer;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dry run of one script, and what its caller would get. No call is made and no event fires.
 *
 * @param response what the caller would get; empty when the script lets the call go on to the service
 * @param error why the caller would get an error; present when the script failed or answered what cannot be sent
 */
public record Rehearsal(Draft draft, DryRun run, Optional<ServiceResult> response, Optional<ApiError> error) {

    /**
     * Runs it.
     *
     * @param setting its event may have just the parts that matter: the rest is as usual for a script of that name
     */
    public static Rehearsal of(DryRuns runs, Draft draft, Setting setting) {
        Map<String, @Nullable Object> event = SampleEvent.of(draft.script().id(), setting.event());
        @Nullable Object before = EventData.copy(event.get("response"));
        DryRun run = runs.run(
                draft.script(),
                draft.source(),
                new Setting(event, setting.stubs(), setting.store(), setting.session()));
        if (run.error().isPresent()) {
            return failed(draft, run, run.error().get());
        }
        try {
            return new Rehearsal(draft, run, answer(draft.script(), before, run), Optional.empty());
        } catch (ApiException e) {
            return failed(draft, run, e.error());
        }
    }

    private static Rehearsal failed(Draft draft, DryRun run, ApiError error) {
        return new Rehearsal(draft, run, Optional.of(ServiceResult.error(error)), Optional.of(error));
    }

    private static Optional<ServiceResult> answer(ScriptDefinition script, @Nullable Object before, DryRun run) {
        ScriptId id = script.id();
        if (id.kind() == ScriptId.Kind.SERVICE) {
            Object value = run.returned() ? run.value() : run.event().get("response");
            return Optional.of(ScriptAnswer.read(value, run.returned()));
        }
        EventName name = EventName.read(id.name());
        if (name.before()) {
            return script.allowEventModification() ? answeredBefore(run) : ResponseEdit.answer(before);
        }
        boolean counts = script.allowEventModification() && name.after();
        return Optional.of(counts ? answeredAfter(run) : ResponseEdit.merge(nothing(), before));
    }

    private static Optional<ServiceResult> answeredBefore(DryRun run) {
        Optional<ServiceResult> returned = run.returned() && run.value() instanceof Map<?, ?> map
                ? ResponseEdit.answer(map.get("response"))
                : Optional.empty();
        return returned.or(() -> ResponseEdit.answer(run.event().get("response")));
    }

    private static ServiceResult answeredAfter(DryRun run) {
        ServiceResult edited = ResponseEdit.merge(nothing(), run.event().get("response"));
        return run.returned() && !ResponseEdit.isEmpty(run.value())
                ? ResponseEdit.returned(edited, run.value())
                : edited;
    }

    private static ServiceResult nothing() {
        return ServiceResult.of(200, Content.Tree.NULL);
    }
}
