package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code system/event}: every event that a script can be named after, derived from what services can do. */
record EventResource(Services services, Access access) implements SystemResource {
    private static final List<String> STAGES = List.of("", ".pre_process", ".post_process", ".queued");

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
            return ServiceResult.list(
                    chosen.stream().map(one -> one.definition().name()).toList());
        }
        boolean scriptable = parameters.flag("scriptable");
        if (parameters.flag("as_list")) {
            Set<String> names = new LinkedHashSet<>();
            chosen.forEach(one -> endpoints(one).forEach(each -> names.addAll(events(one, each, scriptable))));
            return ServiceResult.list(List.copyOf(names));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        chosen.forEach(one -> tree.put(one.definition().name(), paths(one, scriptable)));
        return ServiceResult.ok(tree);
    }

    private List<Services.Running> chosen(Optional<String> service, Caller caller) {
        return services.all().stream()
                .filter(one -> one.definition().active())
                .filter(one -> access.reaches(caller, one.definition().id()))
                .filter(one -> service.isEmpty() || one.definition().name().equalsIgnoreCase(service.get()))
                .sorted(Comparator.comparing(one -> one.definition().name()))
                .toList();
    }

    private static List<Catalogue.Endpoint> endpoints(Services.Running one) {
        return one.service().catalogue().endpoints();
    }

    private static Map<String, Object> paths(Services.Running one, boolean scriptable) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Catalogue.Endpoint endpoint : endpoints(one)) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("type", "api");
            shown.put("endpoints", events(one, endpoint, scriptable));
            shown.put("parameter", parameters(endpoint));
            paths.put(endpoint.eventPath(one.definition().name()), shown);
        }
        return paths;
    }

    private static List<String> events(Services.Running one, Catalogue.Endpoint endpoint, boolean scriptable) {
        String path = endpoint.eventPath(one.definition().name());
        return endpoint.verbs().stream()
                .flatMap(verb -> STAGES.stream()
                        .filter(stage -> scriptable || stage.isEmpty())
                        .map(stage -> path + "." + verb.lower() + stage))
                .toList();
    }

    private static @Nullable Object parameters(Catalogue.Endpoint endpoint) {
        if (endpoint.parameters().isEmpty()) {
            return null;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        endpoint.parameters().forEach((name, known) -> values.put(name, known(known)));
        return values;
    }

    /** A backend that cannot be reached has no names to show; the list is of use all the same. */
    private static List<String> known(Supplier<List<String>> names) {
        try {
            return names.get();
        } catch (ApiException e) {
            return List.of();
        }
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name(), List.of(Verb.GET)));
    }
}
