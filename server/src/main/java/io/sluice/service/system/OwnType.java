package io.sluice.service.system;

import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;

/** The type of a service that Sluice makes itself, once. */
record OwnType(String name, String label, String description, String group, List<SystemResource> resources)
        implements ServiceType {
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
        return new SystemService(definition.name(), resources);
    }
}
