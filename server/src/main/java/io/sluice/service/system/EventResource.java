package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Services;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code system/event}: every event that a script can be named after, derived from what services can do. */
record EventResource(EventList events, Services services, Access access) implements SystemResource {
    @Override
    public String name() {
        return "event";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        Parameters parameters = request.parameters();
        List<Services.Running> chosen = chosen(parameters.text("service"), request.caller());
        if (parameters.flag("services_only")) {
            return ServiceResult.list(chosen.stream()
                    .filter(one -> one.definition().active())
                    .map(one -> one.definition().name())
                    .toList());
        }
        boolean scriptable = parameters.flag("scriptable");
        return parameters.flag("as_list") ? list(chosen, scriptable) : tree(chosen, scriptable);
    }

    private ServiceResult list(List<Services.Running> chosen, boolean scriptable) {
        Set<String> names = new LinkedHashSet<>();
        chosen.forEach(one -> names.addAll(events.names(one, scriptable)));
        return ServiceResult.list(List.copyOf(names));
    }

    private ServiceResult tree(List<Services.Running> chosen, boolean scriptable) {
        Map<String, Object> tree = new LinkedHashMap<>();
        chosen.forEach(one -> events.paths(one, scriptable)
                .filter(paths -> !paths.isEmpty())
                .ifPresent(paths -> tree.put(one.definition().name(), paths)));
        return ServiceResult.ok(tree);
    }

    /** The active services that the caller can reach; one that is asked for by its name may be switched off. */
    private List<Services.Running> chosen(Optional<String> service, Caller caller) {
        return services.all().stream()
                .filter(one -> service.isPresent()
                        ? one.definition().name().equalsIgnoreCase(service.get())
                        : one.definition().active())
                .filter(one -> access.reaches(caller, one.definition().id()))
                .sorted(Comparator.comparing(one -> one.definition().name()))
                .toList();
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name(), List.of(Verb.GET)));
    }
}
