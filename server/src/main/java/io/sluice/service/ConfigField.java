package io.sluice.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a service type's config, as {@code system/service_type} shows it.
 *
 * @param type {@code string}, {@code text}, {@code integer}, {@code boolean}, {@code password}, {@code picklist}, {@code array},
 *     {@code object}, {@code reference}; {@code password} values are encrypted at rest and masked in answers
 * @param otherwise the value when absent, or null
 * @param values the choices of a picklist, else empty
 */
public record ConfigField(
        String name,
        String label,
        String type,
        boolean required,
        @Nullable Object otherwise,
        List<String> values,
        String description) {

    public static ConfigField of(String name, String label, String type) {
        return new ConfigField(name, label, type, false, null, List.of(), "");
    }

    public ConfigField asRequired() {
        return new ConfigField(name, label, type, true, otherwise, values, description);
    }

    public ConfigField or(Object value) {
        return new ConfigField(name, label, type, required, value, values, description);
    }

    public ConfigField describedAs(String text) {
        return new ConfigField(name, label, type, required, otherwise, values, text);
    }

    public boolean secret() {
        return type.equals("password");
    }
}
