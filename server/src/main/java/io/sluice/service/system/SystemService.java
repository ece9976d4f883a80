package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Described;
import io.sluice.service.EventPath;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Service;
import io.sluice.service.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code system} or the {@code user} service: hands each call to the resource with the longest fitting name. */
final class SystemService implements Service, Described {
    private final String name;
    private final List<SystemResource> resources;

    SystemService(String name, List<SystemResource> resources) {
        this.name = name;
        this.resources = resources.stream()
                .sorted(Comparator.comparing((SystemResource one) -> -one.name().length())
                        .thenComparing(SystemResource::name))
                .toList();
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.resource().isRoot()) {
            return root(request);
        }
        return resource(request.resource())
                .orElseThrow(() -> ApiException.notFound("Resource '"
                        + request.resource().at(0) + "' not found for service '" + request.service() + "'."))
                .handle(request);
    }

    private Optional<SystemResource> resource(ResourcePath path) {
        return resources.stream().filter(one -> fits(one.name(), path)).findFirst();
    }

    /** Names count in any case, as they do for roles. */
    private static boolean fits(String name, ResourcePath path) {
        String[] segments = name.split("/");
        if (segments.length > path.size()) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].equalsIgnoreCase(path.at(i))) {
                return false;
            }
        }
        return true;
    }

    private ServiceResult root(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.onRoot(request);
        }
        Parameters parameters = request.parameters();
        if (parameters.flag("as_access_list")) {
            return ServiceResult.list(components());
        }
        List<String> names = resources.stream()
                .map(SystemResource::name)
                .filter(each -> request.rights().mask(each) != 0)
                .sorted()
                .toList();
        return ServiceResult.list(
                parameters.flag("as_list")
                        ? names
                        : names.stream().map(each -> Map.of("name", each)).toList());
    }

    @Override
    public List<String> components() {
        Stream<String> below = resources.stream()
                .map(SystemResource::name)
                .sorted()
                .flatMap(each -> Stream.of(each + "/", each + "/*"));
        return Stream.concat(Stream.of("", "*"), below).toList();
    }

    @Override
    public Catalogue catalogue() {
        List<Catalogue.Endpoint> endpoints = new ArrayList<>();
        endpoints.add(new Catalogue.Endpoint("", List.of(Verb.GET)));
        resources.stream()
                .sorted(Comparator.comparing(SystemResource::name))
                .forEach(one -> endpoints.addAll(one.endpoints()));
        return new Catalogue(endpoints);
    }

    @Override
    public Description describe(Scope scope) {
        List<Operation> operations = new ArrayList<>();
        operations.add(Operation.of(Verb.GET, "/", "Resources", "List the resources")
                .giving(200, Data.json("What is here.", Shape.ref("ResourceList"))));
        resources.stream()
                .sorted(Comparator.comparing(SystemResource::name))
                .forEach(one -> operations.addAll(operations(one)));
        return new Description(operations, Map.of());
    }

    private static List<Operation> operations(SystemResource resource) {
        List<Operation> own = resource.operations().toList();
        return own.isEmpty()
                ? resource.endpoints().stream().flatMap(Operation::of).toList()
                : own;
    }

    /** The resource's own event, and the one of the endpoint with placeholders where the address goes on. */
    @Override
    public List<EventPath> events(ServiceRequest request) {
        ResourcePath path = request.resource();
        Optional<SystemResource> resource = resource(path);
        if (resource.isEmpty()) {
            return path.isRoot() ? List.of(new EventPath(name, "")) : List.of();
        }
        String own = resource.get().name();
        String rest = path.from(own.split("/").length);
        String base = name + "." + own.replace('/', '.');
        List<EventPath> events = new ArrayList<>();
        events.add(new EventPath(base, rest));
        resource.get().endpoints().stream()
                .filter(endpoint -> !endpoint.path().equals(own) && matches(endpoint.path(), path))
                .findFirst()
                .ifPresent(endpoint -> events.add(new EventPath(endpoint.eventPath(name), rest)));
        return events;
    }

    private static boolean matches(String pattern, ResourcePath path) {
        String[] segments = pattern.split("/");
        if (segments.length != path.size()) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].startsWith("{") && !segments[i].equalsIgnoreCase(path.at(i))) {
                return false;
            }
        }
        return true;
    }
}
