package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.util.List;

/** The type of the service {@code api_docs}; the API calls it {@code swagger}. */
record ApiDocsType(Access access, Services services, Store store) implements ServiceType {
    @Override
    public String name() {
        return "swagger";
    }

    @Override
    public String label() {
        return "API Docs";
    }

    @Override
    public String description() {
        return "OpenAPI documents of the services.";
    }

    @Override
    public String group() {
        return "API Doc";
    }

    @Override
    public boolean singleton() {
        return true;
    }

    @Override
    public List<ConfigField> config() {
        return List.of();
    }

    @Override
    public Service open(ServiceDefinition definition) {
        return new ApiDocsService(definition.name(), access, services, store);
    }
}
