package io.sluice.service.system;

import io.sluice.access.Problems;
import io.sluice.api.Parameters;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceType;
import io.sluice.store.Secrets;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The config of a service in its three forms: stored (secrets sealed), shown (secrets masked), used (in clear). */
record ServiceConfig(Secrets secrets) {
    static final String MASK = "**********";
    static final String SEALED = "enc:1:";

    /** What is to be stored: the given values over those stored before. Fields that the type does not have are left out. */
    Map<String, @Nullable Object> stored(
            ServiceType type, Map<String, @Nullable Object> before, Map<?, ?> given, Problems problems) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        for (ConfigField field : type.config()) {
            Object value = given.get(field.name());
            boolean keep = !given.containsKey(field.name()) || (field.secret() && MASK.equals(value));
            if (keep) {
                if (before.containsKey(field.name())) {
                    config.put(field.name(), before.get(field.name()));
                }
            } else {
                @Nullable Object known = before.get(field.name());
                config.put(
                        field.name(),
                        value == null ? null : sealed(field, coerced(field, value, problems), known, problems));
            }
        }
        return config;
    }

    private Object sealed(ConfigField field, Object value, @Nullable Object known, Problems problems) {
        return field.secret()
                ? secrets.seal(value.toString())
                : new SecretRows(secrets).stored(field, value, known, problems);
    }

    private static Object coerced(ConfigField field, Object value, Problems problems) {
        return switch (field.type()) {
            case "integer" -> number(field, value, problems);
            case "boolean" -> value instanceof Boolean ? value : Parameters.isTrue(value.toString());
            case "picklist" -> picked(field, value, problems);
            case "array" -> array(field, value, problems);
            case "object" -> object(field, value, problems);
            case "string", "text", "password" -> text(field, value, problems);
            default -> value;
        };
    }

    private static Object number(ConfigField field, Object value, Problems problems) {
        try {
            return value.toString().isBlank()
                    ? ""
                    : new BigInteger(value.toString().trim()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            problems.add("config", "The config." + field.name() + " field must be a whole number.");
            return 0L;
        }
    }

    private static Object picked(ConfigField field, Object value, Problems problems) {
        if (!field.values().isEmpty() && !value.equals("") && !field.values().contains(value.toString())) {
            problems.add(
                    "config",
                    "The config." + field.name() + " field must be one of " + String.join(", ", field.values()) + ".");
        }
        return value.toString();
    }

    private static Object array(ConfigField field, Object value, Problems problems) {
        Object list = value instanceof String text && text.trim().startsWith("[") ? json(text) : value;
        if (list instanceof List || list.equals("")) {
            return list;
        }
        problems.add("config", "The config." + field.name() + " field must be a list.");
        return List.of();
    }

    private static Object object(ConfigField field, Object value, Problems problems) {
        Object map = value instanceof String text && text.trim().startsWith("{") ? json(text) : value;
        if (map instanceof Map || map instanceof List<?> list && list.isEmpty() || map.equals("")) {
            return map;
        }
        problems.add("config", "The config." + field.name() + " field must be an object.");
        return Map.of();
    }

    /** Forms send lists and objects as JSON text; text that is none stays what it is. */
    private static Object json(String text) {
        try {
            return JsonMapper.shared().readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }

    private static Object text(ConfigField field, Object value, Problems problems) {
        if (value instanceof Map || value instanceof List) {
            problems.add("config", "The config." + field.name() + " field must be text.");
        }
        return value.toString();
    }

    /** For callers: every field of the type with its value, its default or null. */
    static Map<String, @Nullable Object> shown(ServiceType type, long id, Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("service_id", id);
        for (ConfigField field : type.config()) {
            Object value = stored.get(field.name());
            boolean hidden = field.secret() && value != null;
            shown.put(field.name(), hidden ? MASK : value == null ? field.otherwise() : SecretRows.shown(field, value));
        }
        return shown;
    }

    /** For callers, when the type is not there any more. */
    static Map<String, @Nullable Object> shown(long id, Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("service_id", id);
        stored.forEach((name, value) -> shown.put(name, SecretRows.withoutSealed(value)));
        return shown;
    }

    /** For the service itself: secrets in clear, defaults filled in. */
    Map<String, @Nullable Object> used(ServiceType type, Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> used = new LinkedHashMap<>();
        for (ConfigField field : type.config()) {
            Object value = stored.get(field.name());
            if (value == null) {
                used.put(field.name(), field.otherwise());
            } else {
                used.put(
                        field.name(),
                        field.secret() ? secrets.open(value.toString()) : new SecretRows(secrets).used(field, value));
            }
        }
        return used;
    }
}
