package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of services that this server has, with the fields of their config. */
record ServiceTypeResource(Services services) implements SystemResource {
    @Override
    public String name() {
        return "service_type";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        String type = request.resource().from(1);
        return type.isEmpty() ? list(request.parameters()) : one(type, request.parameters());
    }

    private ServiceResult one(String name, Parameters parameters) {
        return services.type(name)
                .map(type -> ServiceResult.ok(shaped(type, parameters)))
                .orElseThrow(() -> ApiException.notFound("Record with identifier '" + name + "' not found."));
    }

    private ServiceResult list(Parameters parameters) {
        Set<String> groups = words(parameters, "group");
        List<ServiceType> types = services.types().stream()
                .filter(type -> groups.isEmpty() || groups.contains(type.group().toLowerCase(java.util.Locale.ROOT)))
                .toList();
        return ServiceResult.list(
                parameters.flag("as_list")
                        ? types.stream().map(ServiceType::name).toList()
                        : types.stream().map(type -> shaped(type, parameters)).toList());
    }

    /** The words of a comma list, in lower case. */
    static Set<String> words(Parameters parameters, String... names) {
        return parameters
                .text(names)
                .map(text -> Arrays.stream(
                                text.toLowerCase(java.util.Locale.ROOT).split(","))
                        .map(String::trim)
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static Map<String, @Nullable Object> shaped(ServiceType type, Parameters parameters) {
        Map<String, @Nullable Object> shaped = new LinkedHashMap<>();
        shaped.put("name", type.name());
        shaped.put("label", type.label());
        shaped.put("description", type.description());
        shaped.put("group", type.group());
        shaped.put("singleton", type.singleton());
        shaped.put("dependencies_required", null);
        shaped.put("subscription_required", null);
        shaped.put("service_definition_editable", type.group().equals("Script"));
        shaped.put(
                "config_schema",
                type.config().stream().map(ServiceTypeResource::field).toList());
        Set<String> fields = words(parameters, "fields", "select");
        if (!fields.isEmpty() && !fields.contains("*")) {
            shaped.keySet().retainAll(fields);
        }
        return shaped;
    }

    private static Map<String, @Nullable Object> field(ConfigField field) {
        Map<String, @Nullable Object> shaped = new LinkedHashMap<>();
        shaped.put("name", field.name());
        shaped.put("label", field.label());
        shaped.put("type", field.type());
        shaped.put("description", field.description());
        shaped.put("alias", null);
        shaped.put("native", List.of());
        shaped.put("length", null);
        shaped.put("precision", null);
        shaped.put("scale", null);
        shaped.put("default", field.otherwise());
        shaped.put("required", field.required());
        shaped.put("allow_null", !field.required());
        if (!field.values().isEmpty()) {
            shaped.put(
                    "values",
                    field.values().stream()
                            .map(value -> Map.of("label", value, "name", value))
                            .toList());
        }
        return shaped;
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{name}", List.of(Verb.GET)));
    }
}
