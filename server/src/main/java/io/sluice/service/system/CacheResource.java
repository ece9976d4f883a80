package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.service.Catalogue;
import io.sluice.service.Services;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code system/cache}: what a webhook of an existing installation calls. {@code DELETE cache/{service}} clears that service's own
 * script and what it cached from its backend; {@code cache/_event/{event}} that event script; {@code cache} everything; {@code cache/_script} those
 * that its parameters choose.
 */
record CacheResource(Services services, Scripts scripts, Access access) implements SystemResource {
    @Override
    public String name() {
        return "cache";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        String below = request.resource().from(1);
        return switch (request.verb()) {
            case GET -> list(request);
            case DELETE -> below.equals("_script") ? clearChosen(request) : clear(below, by(request));
            default -> throw Unsupported.on(request, name());
        };
    }

    /** By where the texts come from, or by how names begin; the answer says which. */
    private ServiceResult clearChosen(ServiceRequest request) {
        ScriptChoice choice = ScriptChoice.of(request.parameters(), services);
        List<ScriptId> cleared = scripts.clear(choice, by(request));
        cleared.stream()
                .filter(id -> id.kind() == ScriptId.Kind.SERVICE)
                .flatMap(id -> services.find(id.name()).stream())
                .forEach(one -> one.service().clearCache());
        return ServiceResult.ok(Map.of(
                "success",
                true,
                "cleared",
                cleared.stream().map(ScriptId::toString).toList()));
    }

    private ServiceResult clear(String below, String by) {
        if (below.isEmpty()) {
            scripts.clearAll(by);
            services.all().forEach(one -> one.service().clearCache());
        } else if (below.startsWith("_event/")) {
            scripts.clear(ScriptId.event(below.substring("_event/".length())), by);
        } else {
            Services.Running running = services.find(below)
                    .orElseThrow(() -> ApiException.notFound("Could not find a service for " + below));
            scripts.clear(ScriptId.service(running.definition().name()), by);
            running.service().clearCache();
        }
        return ServiceResult.success();
    }

    /** Who asks, for the log: a Git host by its own headers, else the app or the person. */
    private static String by(ServiceRequest request) {
        String delivery = request.headers()
                .first("x-github-delivery")
                .map(id -> " delivery=" + id.replaceAll("[^0-9A-Za-z-]", ""))
                .orElse("");
        Caller caller = request.caller();
        if (request.headers().first("x-github-event").isPresent()) {
            return "webhook:github" + delivery;
        }
        return caller.person()
                .map(person -> "admin:" + person.id())
                .or(() -> caller.app().map(app -> "app:" + app.name()))
                .orElse("script");
    }

    private ServiceResult list(ServiceRequest request) {
        List<Services.Running> all = services.all().stream()
                .filter(one -> access.reaches(request.caller(), one.definition().id()))
                .sorted(Comparator.comparing(one -> one.definition().name()))
                .toList();
        return ServiceResult.list(
                request.parameters().flag("as_list")
                        ? all.stream().map(one -> one.definition().name()).toList()
                        : all.stream().map(CacheResource::shown).toList());
    }

    private static Map<String, Object> shown(Services.Running one) {
        return Map.of(
                "name", one.definition().name(),
                "label", one.definition().label(),
                "description", one.definition().description(),
                "type", one.definition().type());
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), List.of(Verb.GET, Verb.DELETE)),
                new Catalogue.Endpoint(name() + "/_script", List.of(Verb.DELETE)),
                new Catalogue.Endpoint(name() + "/{service}", List.of(Verb.DELETE)));
    }
}
