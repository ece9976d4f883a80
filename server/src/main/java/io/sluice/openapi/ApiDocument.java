package io.sluice.openapi;

import io.sluice.api.ApiException;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.service.Described;
import io.sluice.service.Operation;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes documents; used once each. */
public final class ApiDocument {
    /** The peer numbers its documents so, whatever the version of the server. */
    private static final String VERSION = "2.0";

    private final Components components = new Components();
    private final OperationIds ids = new OperationIds();
    private final Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    private final List<Map<String, Object>> tags = new ArrayList<>();

    private ApiDocument() {}

    /** The version of the specification that a document follows. */
    public enum Form {
        V3_1,
        V3_0
    }

    /**
     * A service and what its reader may do there.
     *
     * @param group of its type: {@code Database}
     */
    public record Part(ServiceDefinition definition, String group, Service service, Rights rights) {}

    /** One service, addresses below it. */
    public static Map<String, Object> of(Part part, boolean expand, Form form) {
        ServiceDefinition definition = part.definition();
        Map<String, Object> info = info(definition.label(), text(part));
        info.put("x-group", part.group());
        ApiDocument document = new ApiDocument();
        document.add(part, "", expand);
        return document.made(info, "/api/v2/" + definition.name(), form);
    }

    /** Several services in one document. One whose backend is away is told in general terms. */
    public static Map<String, Object> of(List<Part> parts, boolean expand, Form form) {
        ApiDocument document = new ApiDocument();
        for (Part part : parts) {
            document.addEvenIfAway(part, expand);
        }
        return document.made(
                info("Sluice", "The services that the reader of this document can reach."), "/api/v2", form);
    }

    private void addEvenIfAway(Part part, boolean expand) {
        String prefix = "/" + part.definition().name();
        try {
            add(part, prefix, expand);
        } catch (ApiException away) {
            if (expand && away.error().status() >= 500) {
                add(part, prefix, false);
            } else {
                throw away;
            }
        }
    }

    private void add(Part part, String prefix, boolean expand) {
        String name = part.definition().name();
        Described.Description description = part.service() instanceof Described described
                ? described.describe(new Described.Scope(name, part.rights(), expand))
                : plain(part.service());
        components.offer(description.schemas());
        tags.add(Map.of("name", name, "description", text(part)));
        OperationTree trees = new OperationTree(name, components, ids);
        description.operations().stream()
                .filter(operation -> may(part.rights(), operation))
                .forEach(operation -> paths.computeIfAbsent(prefix + operation.path(), path -> new LinkedHashMap<>())
                        .put(operation.verb().lower(), trees.of(operation)));
    }

    private static Described.Description plain(Service service) {
        return new Described.Description(
                service.catalogue().endpoints().stream().flatMap(Operation::of).toList(), Map.of());
    }

    /** An address with a placeholder is told to whoever may use it with any value. */
    private static boolean may(Rights rights, Operation operation) {
        String component = operation.path().substring(1);
        int brace = component.indexOf('{');
        Verb verb = operation.verb();
        return brace < 0 ? rights.may(verb, component) : rights.mayBelow(verb, component.substring(0, brace));
    }

    private static String text(Part part) {
        ServiceDefinition definition = part.definition();
        return definition.description().isBlank()
                ? "The service '" + definition.name() + "' (" + definition.type() + ")."
                : definition.description();
    }

    private static Map<String, Object> info(String title, String description) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", title);
        info.put("description", description);
        info.put("version", VERSION);
        return info;
    }

    private Map<String, Object> made(Map<String, Object> info, String server, Form form) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", form == Form.V3_0 ? "3.0.0" : "3.1.0");
        document.put("info", info);
        document.put("servers", List.of(Map.of("url", server)));
        document.put("tags", tags);
        document.put("security", Security.ANY_OF);
        document.put("paths", paths);
        document.put("components", components.made(paths));
        return form == Form.V3_0 ? OlderForm.of(document) : document;
    }
}
