package io.sluice.service.script;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.engine.Language;
import io.sluice.script.EventData;
import io.sluice.script.RunScope;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.script.Scripts.Ran;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A script as a service: every verb and every path below it goes to the script. */
final class ScriptService implements Service {
    private static final Catalogue EVERYTHING =
            new Catalogue(List.of(new Catalogue.Endpoint("", List.of(Verb.values()))));

    private final ScriptId script;
    private final Language language;
    private final boolean implementsAccessList;
    private final Scripts scripts;

    ScriptService(ScriptId script, Language language, boolean implementsAccessList, Scripts scripts) {
        this.script = script;
        this.language = language;
        this.implementsAccessList = implementsAccessList;
        this.scripts = scripts;
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
        return run(request, RunScope.CURRENT.orElseThrow(() -> new IllegalStateException("no call is under way")));
    }

    /** A run says so. */
    @Override
    public boolean tellsEffects() {
        return true;
    }

    private ServiceResult run(ServiceRequest request, RunScope scope) {
        Map<String, @Nullable Object> event = event(request, scope.token());
        boolean print =
                !request.parameters().has("log_output") || request.parameters().flag("log_output");
        return switch (scripts.run(script, scope, request.caller(), event, print)) {
            case Ran.Completed(var definition, boolean returned, @Nullable Object value) ->
                ScriptAnswer.read(returned ? value : event.get("response"), returned);
            case Ran.Failed failed -> throw failed.exception();
            case Ran.Skipped skipped -> ServiceResult.ok(null);
        };
    }

    private static Map<String, @Nullable Object> event(ServiceRequest request, String token) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("request", EventData.request(request, token));
        event.put("response", EventData.emptyResponse());
        event.put("resource", resource(request));
        return event;
    }

    private static String resource(ServiceRequest request) {
        return request.resource().text() + (request.resource().folder() ? "/" : "");
    }

    @Override
    public Catalogue catalogue() {
        return EVERYTHING;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        return List.of(new EventPath(script.name(), resource(request)));
    }
}
