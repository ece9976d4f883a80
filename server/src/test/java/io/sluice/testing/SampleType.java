package io.sluice.testing;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.service.Catalogue;
import io.sluice.service.ConfigField;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;

/** A kind of service that answers with its own config in clear. Host {@code impossible} can never work, {@code broken} fails. */
public final class SampleType implements ServiceType {
    @Override
    public String name() {
        return "sample_type";
    }

    @Override
    public String label() {
        return "Sample";
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public String group() {
        return "Database";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("host", "Host", "string").asRequired(),
                ConfigField.of("port", "Port", "integer"),
                ConfigField.of("password", "Password", "password"),
                ConfigField.of("cache_ttl", "Cache", "integer").or(0));
    }

    @Override
    public Service open(ServiceDefinition definition) {
        if (definition.text("host").equals(java.util.Optional.of("impossible"))) {
            throw ApiException.badRequest("The host cannot work.");
        }
        if (definition.text("host").equals(java.util.Optional.of("broken"))) {
            throw new IllegalStateException("this fails for a reason of its own");
        }
        return new Service() {
            @Override
            public ServiceResult handle(ServiceRequest request) {
                return ServiceResult.ok(definition.config());
            }

            @Override
            public Catalogue catalogue() {
                return Catalogue.EMPTY;
            }

            @Override
            public List<EventPath> events(ServiceRequest request) {
                return List.of();
            }
        };
    }
}
