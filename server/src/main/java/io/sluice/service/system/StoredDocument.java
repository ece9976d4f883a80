package io.sluice.service.system;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The document that somebody wrote for a service: it stands for the generated one. */
final class StoredDocument {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{service\\.\\w+\\}");

    private StoredDocument() {}

    /** With its placeholders filled; empty when the service has none. One that cannot be read is a 500 that says so. */
    static Optional<Object> of(Tx tx, ServiceDefinition service) {
        if (!(ServiceDocs.of(tx, service.id()) instanceof Map<?, ?> doc)
                || String.valueOf(doc.get("content")).isBlank()) {
            return Optional.empty();
        }
        String text = String.valueOf(doc.get("content"));
        boolean yaml = Long.valueOf(1).equals(doc.get("format"));
        return Optional.of(withTextKeys(read(filled(text, service, yaml), yaml, service.name())));
    }

    /** The placeholders stand within texts; in JSON what takes their place has to be written as such. */
    private static String filled(String text, ServiceDefinition service, boolean yaml) {
        String name = service.name();
        return text.replace("{service.name}", name)
                .replace("{service.Name}", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .replace("{service.label}", written(service.label(), yaml))
                .replace("{service.description}", written(service.description(), yaml));
    }

    private static String written(String value, boolean yaml) {
        if (yaml) {
            return value.replaceAll("[\\r\\n]+", " ");
        }
        String quoted = JsonMapper.shared().writeValueAsString(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** YAML reads the status of an answer as a number. */
    private static Object withTextKeys(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(String.valueOf(key), value == null ? null : withTextKeys(value)));
                yield copy;
            }
            case List<?> list ->
                list.stream()
                        .<@Nullable Object>map(item -> item == null ? null : withTextKeys(item))
                        .toList();
            default -> tree;
        };
    }

    /** Refuses a text that nobody could read later. */
    static void check(String text, boolean yaml) {
        if (!text.isBlank()) {
            try {
                parsed(PLACEHOLDER.matcher(text).replaceAll("x"), yaml);
            } catch (JacksonException | YamlEngineException e) {
                throw new ApiException(
                        ApiError.of(
                                400,
                                "The content of " + ServiceDocs.RELATION + " is no valid " + (yaml ? "YAML" : "JSON")
                                        + ". Its format is 0 for JSON, 1 for YAML."),
                        e);
            }
        }
    }

    private static Object parsed(String text, boolean yaml) {
        Object tree = yaml
                ? new Load(LoadSettings.builder().setLabel("document").build()).loadFromString(text)
                : JsonMapper.shared().readValue(text, Object.class);
        return tree == null ? Map.of() : tree;
    }

    private static Object read(String text, boolean yaml, String service) {
        try {
            return parsed(text, yaml);
        } catch (JacksonException | YamlEngineException e) {
            throw new ApiException(
                    ApiError.of(
                            500,
                            "The document that is stored for the service '" + service + "' is no valid "
                                    + (yaml ? "YAML" : "JSON")
                                    + ". Save it again in its record, or take it out there."),
                    e);
        }
    }
}
