package io.sluice.service;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service is made from.
 *
 * @param name unique, lower case in addresses
 * @param config by the field names of the type's {@link ConfigField}s, secrets in clear; never to be logged
 */
public record ServiceDefinition(
        long id,
        String name,
        String label,
        String description,
        String type,
        boolean active,
        Map<String, @Nullable Object> config) {

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
