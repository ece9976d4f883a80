package io.sluice.service;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service is made from.
 *
 * @param name unique, lower case in addresses
 * @param config by the field names of the type's {@link ConfigField}s, secrets in clear; never to be logged
 * @param document what somebody wrote about the service
 */
public record ServiceDefinition(
        long id,
        String name,
        String label,
        String description,
        String type,
        boolean active,
        Map<String, @Nullable Object> config,
        ServiceDocument document) {

    /** Nobody wrote about it. */
    public ServiceDefinition(
            long id,
            String name,
            String label,
            String description,
            String type,
            boolean active,
            Map<String, @Nullable Object> config) {
        this(id, name, label, description, type, active, config, ServiceDocument.NONE);
    }

    public ServiceDefinition with(ServiceDocument other) {
        return new ServiceDefinition(id, name, label, description, type, active, config, other);
    }

    /** The config value as text; empty when absent, null or blank. */
    public Optional<String> text(String field) {
        Object value = config.get(field);
        return value == null || value.toString().isBlank() ? Optional.empty() : Optional.of(value.toString());
    }

    /** The config value as a whole number, or the default when absent. */
    public int number(String field, int otherwise) {
        return text(field).map(String::trim).map(Integer::parseInt).orElse(otherwise);
    }

    public boolean flag(String field) {
        return text(field).map(io.sluice.api.Parameters::isTrue).orElse(false);
    }

    @Override
    public String toString() {
        return "service " + name + " (" + type + ", id " + id + ")";
    }
}
