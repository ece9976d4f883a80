package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.engine.Language;
import io.sluice.script.Scripts;
import io.sluice.service.Catalogue;
import java.util.List;
import java.util.Map;

/** {@code system/script_type}: the languages that engines of this server run. */
record ScriptTypeResource(Scripts scripts) implements SystemResource {
    @Override
    public String name() {
        return "script_type";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        String wanted = request.resource().from(1);
        List<Language> running = scripts.languages().stream()
                .filter(language -> scripts.runs(language.name()))
                .toList();
        if (wanted.isEmpty()) {
            return ServiceResult.list(
                    request.parameters().flag("as_list")
                            ? running.stream().map(Language::name).toList()
                            : running.stream().map(ScriptTypeResource::shown).toList());
        }
        return running.stream()
                .filter(language -> language.name().equals(wanted))
                .findFirst()
                .map(language -> ServiceResult.ok(shown(language)))
                .orElseThrow(() -> ApiException.notFound("Script engine type '" + wanted + "' not found."));
    }

    private static Map<String, Object> shown(Language language) {
        return Map.of(
                "name", language.name(),
                "label", language.label(),
                "description", language.description(),
                "sandboxed", language.sandboxed(),
                "supports_inline_execution", false);
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{name}", List.of(Verb.GET)));
    }
}
