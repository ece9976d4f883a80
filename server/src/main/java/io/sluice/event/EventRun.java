package io.sluice.event;

import io.sluice.api.Content;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.script.EventData;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.Scripts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event as one script sees it, and what its edits come to. A script whose record does not allow modification works on
 * copies, so nothing that it does to the event reaches the call.
 */
final class EventRun {
    private final ServiceRequest request;
    private final @Nullable ServiceResult result;
    private final boolean mayModify;
    private final String token;
    private final Map<String, @Nullable Object> event;

    private EventRun(
            EventScope scope,
            ServiceRequest request,
            @Nullable ServiceResult result,
            Listeners.Listener listener,
            String stage,
            boolean editsCount) {
        ScriptDefinition script = listener.script();
        this.request = request;
        this.result = result;
        this.mayModify = editsCount && script.allowEventModification();
        this.token = scope.runs().token();
        this.event = new LinkedHashMap<>();
        event.put("resource", listener.path().resource());
        event.put("request", EventData.request(request, scope.runs().token()));
        if (result != null) {
            Map<String, @Nullable Object> response = EventData.response(result);
            event.put("response", mayModify ? response : EventData.copy(response));
        }
        event.put("name", script.id().name());
        event.put("stage", stage);
        event.put("script_name", script.id().name());
        event.put("__tag__", "exposed_event");
    }

    static EventRun before(EventScope scope, PreState state, Listeners.Listener listener) {
        return new EventRun(scope, state.request(), state.answer().orElse(null), listener, "pre_process", true);
    }

    static EventRun after(EventScope scope, ServiceRequest request, ServiceResult result, Listeners.Listener listener) {
        return new EventRun(scope, request, result, listener, "post_process", true);
    }

    /** For scripts whose edits do not count. */
    static EventRun last(EventScope scope, ServiceRequest request, ServiceResult result, Listeners.Listener listener) {
        return new EventRun(scope, request, result, listener, "api", false);
    }

    /** For scripts that run after the answer. */
    static EventRun queued(
            EventScope scope, ServiceRequest request, ServiceResult result, Listeners.Listener listener) {
        return new EventRun(scope, request, result, listener, "queued", false);
    }

    Map<String, @Nullable Object> event() {
        return event;
    }

    /** The script asks that no further script of this event runs. */
    boolean stops(Scripts.Ran ran) {
        if (!(ran instanceof Scripts.Ran.Completed done)) {
            return false;
        }
        Object asked = done.returned() && done.value() instanceof Map<?, ?> map
                ? map.get("stop_propagation")
                : event.get("stop_propagation");
        return asked != null && Parameters.isTrue(asked.toString());
    }

    /** The call after a pre script; its failure is an ApiException, which ends the stage. */
    PreState applyBefore(Scripts.Ran ran) {
        Optional<ServiceResult> before = Optional.ofNullable(result);
        return switch (ran) {
            case Scripts.Ran.Failed failure -> throw failure.exception();
            case Scripts.Ran.Skipped skipped -> new PreState(request, before);
            case Scripts.Ran.Completed done when !mayModify -> new PreState(request, before);
            case Scripts.Ran.Completed done -> editedBefore(done, before);
        };
    }

    /** Edits of the event first, then those of a returned {@code {request, response}}. */
    private PreState editedBefore(Scripts.Ran.Completed done, Optional<ServiceResult> before) {
        ServiceRequest edited = RequestEdit.apply(request, event.get("request"), token);
        Optional<ServiceResult> answer =
                ResponseEdit.answer(event.get("response")).or(() -> before);
        if (done.returned() && done.value() instanceof Map<?, ?> returned) {
            edited = RequestEdit.apply(edited, returned.get("request"), token);
            Optional<ServiceResult> answered = answer;
            answer = ResponseEdit.answer(returned.get("response")).or(() -> answered);
        }
        return new PreState(edited, answer);
    }

    /** The answer after a post script; its failure is an ApiException, which replaces the answer. */
    ServiceResult applyAfter(Scripts.Ran ran) {
        ServiceResult current = result == null ? ServiceResult.of(200, Content.Tree.NULL) : result;
        return switch (ran) {
            case Scripts.Ran.Failed failure -> throw failure.exception();
            case Scripts.Ran.Skipped skipped -> current;
            case Scripts.Ran.Completed done when !mayModify -> current;
            case Scripts.Ran.Completed done -> editedAfter(done, current);
        };
    }

    /** Edits of the event first; a returned value then decides the response. */
    private ServiceResult editedAfter(Scripts.Ran.Completed done, ServiceResult current) {
        ServiceResult edited = ResponseEdit.merge(current, event.get("response"));
        return done.returned() && !ResponseEdit.isEmpty(done.value())
                ? ResponseEdit.returned(edited, done.value())
                : edited;
    }
}
