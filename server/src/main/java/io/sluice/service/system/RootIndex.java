package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v2}: the services that a caller can reach, and the kinds of services there are. Thread-safe. */
public final class RootIndex {
    private final Access access;
    private final Services services;

    RootIndex(Access access, Services services) {
        this.access = access;
        this.services = services;
    }

    /** The answer to a call of the root; 400 for anything but GET. */
    public ServiceResult answer(ApiRequest request, Caller caller) {
        if (request.verb() != Verb.GET) {
            throw ApiException.badRequest(request.verb() + " requests without a service are not supported.");
        }
        return ServiceResult.ok(of(caller, request.parameters()));
    }

    /**
     * {@code {"services": […], "service_types": […]}}, not wrapped. {@code fields} picks from id, name, label, description and
     * type; {@code group} and {@code type} choose among both lists.
     */
    public Map<String, Object> of(Caller caller, Parameters parameters) {
        Set<String> groups = ServiceTypeResource.words(parameters, "group");
        Set<String> names = ServiceTypeResource.words(parameters, "type");
        List<ServiceType> types = services.types().stream()
                .filter(type -> groups.isEmpty() || groups.contains(type.group().toLowerCase(Locale.ROOT)))
                .filter(type -> names.isEmpty() || names.contains(type.name().toLowerCase(Locale.ROOT)))
                .toList();
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("services", services(caller, types, ServiceTypeResource.words(parameters, "fields")));
        index.put("service_types", types.stream().map(RootIndex::type).toList());
        return index;
    }

    private List<Map<String, @Nullable Object>> services(Caller caller, List<ServiceType> types, Set<String> fields) {
        Set<String> wanted = Set.copyOf(types.stream().map(ServiceType::name).toList());
        return services.all().stream()
                .map(Services.Running::definition)
                .filter(ServiceDefinition::active)
                .filter(definition -> wanted.contains(definition.type()))
                .filter(definition -> access.reaches(caller, definition.id()))
                .sorted(Comparator.comparingLong(ServiceDefinition::id))
                .map(definition -> service(definition, fields))
                .toList();
    }

    private static Map<String, @Nullable Object> service(ServiceDefinition definition, Set<String> fields) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", definition.id());
        shown.put("name", definition.name());
        shown.put("label", definition.label());
        shown.put("description", definition.description());
        shown.put("type", definition.type());
        shown.put("spec_url", "/api/v2/" + definition.name() + "/_spec");
        if (!fields.isEmpty() && !fields.contains("*")) {
            shown.keySet().retainAll(fields);
        }
        return shown;
    }

    private static Map<String, Object> type(ServiceType type) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", type.name());
        shown.put("label", type.label());
        shown.put("group", type.group());
        shown.put("description", type.description());
        return shown;
    }
}
