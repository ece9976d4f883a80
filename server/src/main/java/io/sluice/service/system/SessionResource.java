package io.sluice.service.system;

import io.sluice.access.Sessions;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import java.util.List;

/** Logging in (POST), the session of the call (GET), a new token (PUT, PATCH), logging out (DELETE). */
record SessionResource(String name, Sessions sessions, boolean admin) implements SystemResource {
    @Override
    public ServiceResult handle(ServiceRequest request) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(sessions.current(request, admin));
            case POST -> ServiceResult.ok(sessions.login(request, admin));
            case PUT, PATCH -> ServiceResult.ok(sessions.refresh(request, admin));
            case DELETE -> {
                sessions.end(request);
                yield ServiceResult.success();
            }
        };
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name, List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.DELETE)));
    }
}
