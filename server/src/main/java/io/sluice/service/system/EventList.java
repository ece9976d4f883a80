package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.service.Catalogue;
import io.sluice.service.Service;
import io.sluice.service.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What events there are on a service. One that cannot tell is observed and left out: the others are of use all the same. */
record EventList(Services services, Observe observe) {
    private static final List<String> STAGES = List.of("", ".pre_process", ".post_process", ".queued");

    /** Every name, an endpoint's own before its stages. */
    List<String> names(Services.Running one, boolean scriptable) {
        return of(
                        one,
                        endpoints -> endpoints.stream()
                                .flatMap(endpoint -> names(one, endpoint, scriptable).stream())
                                .toList())
                .orElse(List.of());
    }

    /** By path: type, names, known values of placeholders. */
    Optional<Map<String, Object>> paths(Services.Running one, boolean scriptable) {
        return of(one, endpoints -> {
            Map<String, Object> paths = new LinkedHashMap<>();
            for (Catalogue.Endpoint endpoint : endpoints) {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                shown.put("type", "api");
                shown.put("endpoints", names(one, endpoint, scriptable));
                shown.put("parameter", parameters(one, endpoint));
                paths.put(endpoint.eventPath(one.definition().name()), shown);
            }
            return paths;
        });
    }

    private <T> Optional<T> of(Services.Running one, Function<List<Catalogue.Endpoint>, T> build) {
        try {
            return Optional.of(
                    one.definition().active()
                            ? build.apply(one.service().catalogue().endpoints())
                            : ofSwitchedOff(one, build));
        } catch (RuntimeException e) {
            observe.happened(new Observation.Note(
                    "The events of the service '" + one.definition().name() + "' cannot be listed: " + why(e)));
            return Optional.empty();
        }
    }

    /** A service that is switched off is not there; what it would have is told by one that is opened and asked for nothing else. */
    private <T> T ofSwitchedOff(Services.Running one, Function<List<Catalogue.Endpoint>, T> build) {
        try (Service opened = services.type(one.definition().type())
                .map(type -> type.open(one.definition()))
                .orElse(one.service())) {
            return build.apply(opened.catalogue().endpoints());
        }
    }

    private static String why(RuntimeException e) {
        return e instanceof ApiException said ? said.error().message() : e.toString();
    }

    private static List<String> names(Services.Running one, Catalogue.Endpoint endpoint, boolean scriptable) {
        String path = endpoint.eventPath(one.definition().name());
        return endpoint.verbs().stream()
                .flatMap(verb -> STAGES.stream()
                        .filter(stage -> scriptable || stage.isEmpty())
                        .map(stage -> path + "." + verb.lower() + stage))
                .toList();
    }

    private @Nullable Object parameters(Services.Running one, Catalogue.Endpoint endpoint) {
        if (endpoint.parameters().isEmpty()) {
            return null;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        endpoint.parameters()
                .forEach((name, known) -> values.put(name, one.definition().active() ? known(known) : List.of()));
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
}
