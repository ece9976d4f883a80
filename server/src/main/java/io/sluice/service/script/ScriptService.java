package io.sluice.service.script;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.engine.Language;
import io.sluice.script.EventData;
import io.sluice.script.RunQueue;
import io.sluice.script.RunScope;
import io.sluice.script.ScriptAnswer;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.script.Scripts.Ran;
import io.sluice.service.Catalogue;
import io.sluice.service.Effects;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A script as a service: every verb and every path below it goes to the script. */
final class ScriptService implements Service {
    private static final Catalogue EVERYTHING =
            new Catalogue(List.of(new Catalogue.Endpoint("", List.of(Verb.values()))));

    private final ScriptId script;
    private final Language language;
    private final ServiceDocument document;
    private final boolean implementsAccessList;
    private final Optional<KeptAnswers> kept;
    private final boolean queued;
    private final Scripts scripts;
    private final RunQueue queue;
    private final LongSupplier changes;

    ScriptService(
            ServiceDefinition definition,
            Language language,
            Scripts scripts,
            RunQueue queue,
            LongSupplier changes,
            Ticker ticker) {
        this.script = ScriptServiceConfig.script(definition).id();
        this.language = language;
        this.document = definition.document();
        this.implementsAccessList = ScriptServiceConfig.implementsAccessList(definition);
        this.queued = ScriptServiceConfig.queued(definition);
        this.kept = ScriptServiceConfig.keepAnswers(definition).map(ttl -> new KeptAnswers(ttl, ticker));
        this.scripts = scripts;
        this.queue = queue;
        this.changes = changes;
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() == Verb.GET && request.parameters().flag("as_access_list") && !implementsAccessList) {
            return ServiceResult.list(components());
        }
        scripts.missing(language.name()).ifPresent(why -> {
            throw ApiException.notImplemented(
                    "The service '" + request.service() + "' is a script in " + language.label() + ". " + why);
        });
        RunScope scope = RunScope.CURRENT.orElseThrow(() -> new IllegalStateException("no call is under way"));
        if (queued) {
            return queue(request, scope);
        }
        return kept.isPresent() ? keptOrRun(request, scope, kept.get()) : run(request, scope);
    }

    private ServiceResult keptOrRun(ServiceRequest request, RunScope scope, KeptAnswers answers) {
        // Taken before the run: what it saw may change while it runs.
        long age = changes.getAsLong();
        Optional<ServiceResult> known = key(request, scope, age).flatMap(answers::find);
        if (known.isPresent()) {
            return known.get();
        }
        ServiceResult fresh = run(request, scope);
        key(request, scope, age).ifPresent(key -> answers.keep(key, fresh));
        return fresh;
    }

    private Optional<KeptAnswers.Key> key(ServiceRequest request, RunScope scope, long age) {
        OptionalInt version = scripts.settledVersion(script, scope);
        return version.isEmpty() ? Optional.empty() : KeptAnswers.key(request, version.getAsInt(), age);
    }

    /** A run says so, and so does queueing. */
    @Override
    public boolean tellsEffects() {
        return true;
    }

    /** A run later has no answer to write, so its event has no response. */
    private ServiceResult queue(ServiceRequest request, RunScope scope) {
        Map<String, @Nullable Object> event = event(request, scope.token());
        event.remove("response");
        Effects.begin();
        queue.add(new RunQueue.Order(script, request.caller(), event, scope.queuedBefore(), print(request)));
        return new ServiceResult(202, new Content.Tree(Map.of("success", true)), null, Map.of());
    }

    private static boolean print(ServiceRequest request) {
        return !request.parameters().has("log_output") || request.parameters().flag("log_output");
    }

    private ServiceResult run(ServiceRequest request, RunScope scope) {
        Map<String, @Nullable Object> event = event(request, scope.token());
        return switch (scripts.run(script, scope, request.caller(), event, print(request))) {
            case Ran.Completed(var definition, boolean returned, @Nullable Object value) ->
                ScriptAnswer.read(returned ? value : event.get("response"), returned);
            case Ran.Failed failed -> throw failed.exception();
            case Ran.Skipped skipped -> ServiceResult.ok(null);
        };
    }

    private Map<String, @Nullable Object> event(ServiceRequest request, String token) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("request", EventData.request(request, token));
        event.put("response", EventData.emptyResponse());
        event.put("resource", resource(request));
        event.put("name", script.name());
        event.put("stage", "service");
        event.put("script_name", "service." + script.name());
        event.put("__tag__", "exposed_event");
        return event;
    }

    private static String resource(ServiceRequest request) {
        return request.resource().text() + (request.resource().folder() ? "/" : "");
    }

    @Override
    public Catalogue catalogue() {
        return document.isEmpty() ? EVERYTHING : document.catalogue();
    }

    /** As the document names the address; else the service itself with the raw path. */
    @Override
    public List<EventPath> events(ServiceRequest request) {
        return List.of(document.event(script.name(), request.resource())
                .orElseGet(() -> new EventPath(script.name(), resource(request))));
    }

    @Override
    public List<String> components() {
        return document.components();
    }

    @Override
    public void clearCache() {
        kept.ifPresent(KeptAnswers::forget);
    }
}
