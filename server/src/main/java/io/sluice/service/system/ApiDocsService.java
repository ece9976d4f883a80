package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.openapi.ApiDocument;
import io.sluice.service.Catalogue;
import io.sluice.service.Catalogue.Endpoint;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code api_docs}: OpenAPI documents of the services that the caller can reach. */
final class ApiDocsService implements Service {
    private final String name;
    private final Access access;
    private final Services services;
    private final Store store;

    ApiDocsService(String name, Access access, Services services, Store store) {
        this.name = name;
        this.access = access;
        this.services = services;
        this.store = store;
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw request.resource().isRoot()
                    ? Unsupported.onRoot(request)
                    : Unsupported.on(request, request.resource().text());
        }
        return request.resource().isRoot() ? all(request) : one(request);
    }

    private ServiceResult all(ServiceRequest request) {
        Parameters parameters = request.parameters();
        if (parameters.flag("as_access_list")) {
            return ServiceResult.list(components());
        }
        List<Services.Running> reached = reached(request.caller()).toList();
        if (parameters.flag("as_list")) {
            return ServiceResult.list(
                    reached.stream().map(one -> one.definition().name()).toList());
        }
        reached.forEach(one -> refresh(one, parameters));
        return ServiceResult.ok(ApiDocument.of(
                reached.stream().map(one -> part(one, request.caller())).toList(),
                parameters.flag("expand_schema"),
                form(parameters)));
    }

    private Stream<Services.Running> reached(Caller caller) {
        return services.all().stream()
                .filter(one -> one.definition().active())
                .filter(one -> access.reaches(caller, one.definition().id()))
                .sorted(Comparator.comparingLong(one -> one.definition().id()));
    }

    private ServiceResult one(ServiceRequest request) {
        String wanted = request.resource().text();
        Services.Running running = services.find(wanted)
                .orElseThrow(() -> ApiException.notFound("Could not find a service for " + wanted));
        if (!access.reaches(request.caller(), running.definition().id())) {
            throw ApiException.forbidden(
                    "Access Forbidden. The service '" + running.definition().name()
                            + "' is not allowed by this user's role, so its documentation is not shown.");
        }
        Parameters parameters = request.parameters();
        Optional<Object> stored = store.read(tx -> StoredDocument.of(tx, running.definition()));
        if (stored.isPresent()) {
            return ServiceResult.ok(stored.get());
        }
        refresh(running, parameters);
        boolean expand = !parameters.has("expand_schema") || parameters.flag("expand_schema");
        return ServiceResult.ok(ApiDocument.of(part(running, request.caller()), expand, form(parameters)));
    }

    private static void refresh(Services.Running running, Parameters parameters) {
        if (parameters.flag("refresh")) {
            running.service().clearCache();
        }
    }

    private ApiDocument.Part part(Services.Running running, Caller caller) {
        ServiceDefinition definition = running.definition();
        return new ApiDocument.Part(
                definition,
                services.type(definition.type()).map(ServiceType::group).orElse(""),
                running.service(),
                access.rights(caller, OptionalLong.of(definition.id())));
    }

    private static ApiDocument.Form form(Parameters parameters) {
        return parameters.text("openapi").filter(text -> text.startsWith("3.0")).isPresent()
                ? ApiDocument.Form.V3_0
                : ApiDocument.Form.V3_1;
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue(List.of(
                new Endpoint("", List.of(Verb.GET)),
                new Endpoint("{service_name}", List.of(Verb.GET), Map.of("service_name", this::names))));
    }

    private List<String> names() {
        return services.all().stream()
                .map(one -> one.definition().name())
                .sorted()
                .toList();
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        String wanted = request.resource().text();
        return wanted.isEmpty()
                ? List.of(new EventPath(name, ""))
                : List.of(new EventPath(name + ".{service_name}", wanted), new EventPath(name + "." + wanted, wanted));
    }
}
