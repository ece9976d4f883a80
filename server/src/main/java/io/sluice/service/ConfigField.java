package io.sluice.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a service type's config, as {@code system/service_type} shows it.
 *
 * @param type {@code string}, {@code text}, {@code integer}, {@code boolean}, {@code password}, {@code picklist}, {@code array},
 *     {@code object}, {@code reference}; {@code password} values are encrypted at rest and masked in answers
 * @param otherwise the value when absent, or null
 * @param values the choices of a picklist, else empty
 * @param rowsWithSecrets an {@code array} of rows with {@code name} and {@code value}; the values of those that are named like
 *     credentials are encrypted at rest and masked in answers too
 */
public record ConfigField(
        String name,
        String label,
        String type,
        boolean required,
        @Nullable Object otherwise,
        List<String> values,
        String description,
        boolean rowsWithSecrets) {
    /** Names such as {@code Authorization}, {@code X-Api-Key}, {@code access_token}. */
    private static final Pattern CREDENTIAL = Pattern.compile(
            "auth|key|token|secret|passw|pwd|cookie|session|credential|signature|^sig$", Pattern.CASE_INSENSITIVE);

    public ConfigField(
            String name,
            String label,
            String type,
            boolean required,
            @Nullable Object otherwise,
            List<String> values,
            String description) {
        this(name, label, type, required, otherwise, values, description, false);
    }

    public static ConfigField of(String name, String label, String type) {
        return new ConfigField(name, label, type, false, null, List.of(), "");
    }

    public ConfigField asRequired() {
        return new ConfigField(name, label, type, true, otherwise, values, description, rowsWithSecrets);
    }

    public ConfigField or(Object value) {
        return new ConfigField(name, label, type, required, value, values, description, rowsWithSecrets);
    }

    public ConfigField describedAs(String text) {
        return new ConfigField(name, label, type, required, otherwise, values, text, rowsWithSecrets);
    }

    public ConfigField withSecretsInRows() {
        return new ConfigField(name, label, type, required, otherwise, values, description, true);
    }

    public boolean secret() {
        return type.equals("password");
    }

    /** Whether that row of this field has a value that nobody may see. */
    public boolean isSecret(Map<?, ?> row) {
        return rowsWithSecrets
                && CREDENTIAL.matcher(String.valueOf(row.get("name"))).find();
    }

    /** What of a value in clear nobody may see: all of it, or the values of some of its rows. */
    public List<String> secretsOf(@Nullable Object value) {
        if (secret()) {
            return value == null ? List.of() : List.of(value.toString());
        }
        List<String> secrets = new ArrayList<>();
        if (value instanceof List<?> rows) {
            for (Object each : rows) {
                if (each instanceof Map<?, ?> row && isSecret(row) && row.get("value") instanceof Object hidden) {
                    secrets.add(hidden.toString());
                }
            }
        }
        return secrets;
    }
}
