package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.EventData;
import io.sluice.script.RunQueue;
import io.sluice.script.RunScope;
import io.sluice.script.SavedScript;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.service.Effects;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import java.util.List;
import java.util.Optional;

/** Runs a call with its event scripts. Thread-safe. */
public final class Events {
    private final Scripts scripts;
    private final RunQueue queue;
    private final Observe observe;

    /** @param queue takes the scripts that run after the answer */
    public Events(Scripts scripts, RunQueue queue, Observe observe) {
        this.scripts = scripts;
        this.queue = queue;
        this.observe = observe;
    }

    /** The scope of a call off the wire: it takes the release of now. */
    public EventScope open(NestedCalls nested) {
        return open(nested, 0);
    }

    /** The scope of a queued run. */
    EventScope open(NestedCalls nested, int queuedBefore) {
        return new EventScope(scripts.open(runs -> nested.within(new EventScope(runs)), queuedBefore));
    }

    /**
     * Pre scripts, the work of the service, post scripts, final scripts. Expected failures come back as results with an
     * error status, since post scripts may rewrite them. Rows stay an open cursor unless a post or final script listens.
     */
    public ServiceResult around(EventScope scope, ServiceRequest request, Service service) {
        if (!scripts.listensTo(request.service())) {
            return work(scope, request, service);
        }
        List<EventPath> paths = service.events(request);
        Listeners pre = listeners(Stage.PRE, paths, request);
        Listeners post = listeners(Stage.POST, paths, request);
        Listeners last = Listeners.of(
                paths, path -> active(Stage.FINAL, path, request).or(() -> active(Stage.QUEUED, path, request)));
        if (pre.isEmpty() && post.isEmpty() && last.isEmpty()) {
            return work(scope, request, service);
        }
        request.body().bytes(); // scripts see the body, also those that run after the work: it is taken into memory, or
        // refused
        return scripts.within(scope.runs(), () -> chain(scope, request, service, pre, post, last));
    }

    private ServiceResult chain(
            EventScope scope, ServiceRequest request, Service service, Listeners pre, Listeners post, Listeners last) {
        PreState before = pre.isEmpty() ? new PreState(request, Optional.empty()) : runPre(scope, request, pre);
        boolean listenedTo = !post.isEmpty() || !last.isEmpty();
        ServiceResult result = before.answer().isPresent()
                ? before.answer().get()
                : listenedTo ? workInAnyCase(scope, before.request(), service) : work(scope, before.request(), service);
        if (!listenedTo) {
            return result;
        }
        ServiceResult answered = runPost(scope, before.request(), drained(result), post);
        runFinal(scope, before.request(), answered, last);
        return answered;
    }

    private ServiceResult work(EventScope scope, ServiceRequest request, Service service) {
        if (!service.tellsEffects()) {
            Effects.begin();
        }
        try {
            return ScopedValue.where(RunScope.CURRENT, scope.runs()).call(() -> service.handle(request));
        } catch (ApiException e) {
            explain(request, e);
            return failed(e);
        }
    }

    /** A failure that nobody expected is an answer too where post scripts wait for one. */
    private ServiceResult workInAnyCase(EventScope scope, ServiceRequest request, Service service) {
        try {
            return work(scope, request, service);
        } catch (RuntimeException e) {
            observe.happened(new Observation.ServiceFailed(request.service(), "it failed unexpectedly", e));
            return failed(new ApiException(ApiError.of(
                    500, "The service '" + request.service() + "' failed for a reason that stands in the log.")));
        }
    }

    /** The caller gets plain words; what lies behind a failure that is not the caller's belongs into the log. */
    private void explain(ServiceRequest request, ApiException e) {
        if (e.getCause() != null && e.error().status() >= 500) {
            observe.happened(new Observation.ServiceFailed(
                    request.service(), e.error().status() + " " + e.error().message(), e.getCause()));
        }
    }

    private static ServiceResult failed(ApiException e) {
        return new ServiceResult(e.error().status(), new Content.Tree(e.error().envelope()), null, e.headers());
    }

    private PreState runPre(EventScope scope, ServiceRequest request, Listeners listeners) {
        PreState state = new PreState(request, Optional.empty());
        for (Listeners.Listener listener : listeners.inOrder()) {
            EventRun run = EventRun.before(scope, state, listener);
            Scripts.Ran ran = scripts.run(listener.script().id(), scope.runs(), request.caller(), run.event());
            try {
                state = run.applyBefore(ran);
            } catch (ApiException e) {
                return new PreState(state.request(), Optional.of(failed(e)));
            }
            if (run.stops(ran)) {
                return state;
            }
        }
        return state;
    }

    private ServiceResult runPost(EventScope scope, ServiceRequest request, ServiceResult result, Listeners listeners) {
        ServiceResult state = result;
        for (Listeners.Listener listener : listeners.inOrder()) {
            EventRun run = EventRun.after(scope, request, state, listener);
            Scripts.Ran ran = scripts.run(listener.script().id(), scope.runs(), request.caller(), run.event());
            try {
                state = run.applyAfter(ran);
            } catch (ApiException e) {
                state.content().close();
                return failed(e);
            }
            if (run.stops(ran)) {
                return state;
            }
        }
        return state;
    }

    /** The work is done and answered for: what goes wrong here is logged and changes nothing. */
    private void runFinal(EventScope scope, ServiceRequest request, ServiceResult result, Listeners listeners) {
        for (Listeners.Listener listener : listeners.inOrder()) {
            if (Stage.QUEUED.isOf(listener.script().id())) {
                queue(scope, request, result, listener);
                continue;
            }
            EventRun run = EventRun.last(scope, request, result, listener);
            Scripts.Ran ran = scripts.run(listener.script().id(), scope.runs(), request.caller(), run.event());
            if (run.stops(ran)) {
                return;
            }
            if (ran instanceof Scripts.Ran.Failed) {
                // What it said may hold secrets; the line of its run has it without them.
                observe.happened(
                        new Observation.Note("script " + listener.script().id()
                                + " failed after its call was answered; the answer stands, its run says why"));
            }
        }
    }

    private void queue(EventScope scope, ServiceRequest request, ServiceResult result, Listeners.Listener listener) {
        ScriptId script = listener.script().id();
        EventRun run = EventRun.queued(scope, request, result, listener);
        try {
            queue.add(new RunQueue.Order(
                    script, request.caller(), run.event(), scope.runs().queuedBefore(), true));
        } catch (RuntimeException e) {
            observe.happened(new Observation.JobRefused(script.toString(), String.valueOf(e.getMessage()), e));
        }
    }

    /** What scripts may change: rows in memory, trees in maps and lists of their own. */
    private static ServiceResult drained(ServiceResult result) {
        if (result.content() instanceof Content.Tree tree) {
            Content own = new Content.Tree(EventData.copy(tree.value()));
            return new ServiceResult(result.status(), own, result.contentType(), result.headers());
        }
        if (!(result.content() instanceof Content.Rows rows)) {
            return result;
        }
        try {
            return new ServiceResult(result.status(), Drained.of(rows), result.contentType(), result.headers());
        } catch (ApiException e) {
            return failed(e);
        }
    }

    private Listeners listeners(Stage stage, List<EventPath> paths, ServiceRequest request) {
        return Listeners.of(paths, path -> active(stage, path, request));
    }

    private Optional<ScriptDefinition> active(Stage stage, EventPath path, ServiceRequest request) {
        ScriptId id = stage.script(path, request.verb().lower());
        return scripts.definition(id).map(SavedScript::definition).filter(ScriptDefinition::active);
    }
}
