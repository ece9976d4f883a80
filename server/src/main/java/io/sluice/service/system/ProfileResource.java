package io.sluice.service.system;

import io.sluice.access.Accounts;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import java.util.List;

/** What people see and change of themselves. */
record ProfileResource(String name, Accounts accounts, boolean admin) implements SystemResource {
    @Override
    public ServiceResult handle(ServiceRequest request) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(accounts.profile(request, admin));
            case POST, PUT, PATCH -> PasswordResource.done(accounts.changeProfile(request, admin));
            case DELETE -> throw Unsupported.on(request, name);
        };
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name, List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH)));
    }
}
