package io.sluice.service.system;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import java.util.List;

/** Old clients ask for constants; this API has had none for long. */
record ConstantResource() implements SystemResource {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        return ServiceResult.list(List.of());
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name(), List.of(Verb.GET)));
    }
}
