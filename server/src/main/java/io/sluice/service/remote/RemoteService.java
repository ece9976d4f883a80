package io.sluice.service.remote;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Catalogue.Endpoint;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDocument;
import java.io.IOException;
import java.util.List;

/** An HTTP API as a service: what comes in goes out, what comes back goes to the caller. */
final class RemoteService implements Service {
    private static final List<Verb> ALL = List.of(Verb.values());
    private static final Catalogue EVERYTHING =
            new Catalogue(List.of(new Endpoint("", ALL), new Endpoint("{resource_path}", ALL)));

    private final String name;
    private final ServiceDocument document;
    private final RemoteConfig config;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final Exchange exchange;

    RemoteService(String name, ServiceDocument document, RemoteConfig config) {
        this.name = name;
        this.document = document;
        this.config = config;
        this.outgoing = new Outgoing(config);
        this.incoming = new Incoming(config.base().toString(), config.replaceLink() ? "/api/v2/" + name : "");
        this.exchange = new Exchange(name, config);
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        boolean list = request.verb() == Verb.GET && request.parameters().flag("as_access_list");
        if (list && request.resource().isRoot() && !config.implementsAccessList()) {
            return ServiceResult.list(components());
        }
        Answer answer = exchange.send(outgoing.of(request));
        try {
            return incoming.read(answer);
        } catch (IOException e) {
            throw exchange.explained(e);
        }
    }

    /** Nothing is changed before the far side has the request. */
    @Override
    public boolean tellsEffects() {
        return true;
    }

    @Override
    public Catalogue catalogue() {
        return document.isEmpty() ? EVERYTHING : document.catalogue();
    }

    /** As the document names the address; without one, the service itself and any address below it. */
    @Override
    public List<EventPath> events(ServiceRequest request) {
        String path = request.resource().text();
        if (!document.isEmpty()) {
            return List.of(document.event(name, request.resource()).orElseGet(() -> new EventPath(name, path)));
        }
        EventPath whole = new EventPath(name, path);
        return path.isEmpty() ? List.of(whole) : List.of(whole, new EventPath(name + ".{resource_path}", path));
    }

    @Override
    public List<String> components() {
        return document.components();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
