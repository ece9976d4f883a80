package io.sluice.service.system;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;
import java.util.ArrayList;
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

    private static final String LABEL = "{service.label}";
    private static final String DESCRIPTION = "{service.description}";

    private StoredDocument() {}

    /** With its placeholders filled; empty when the service has none. One that cannot be read is a 500 that says so. */
    static Optional<Object> of(Tx tx, ServiceDefinition service) {
        if (!(ServiceDocs.of(tx, service.id()) instanceof Map<?, ?> doc)
                || String.valueOf(doc.get("content")).isBlank()) {
            return Optional.empty();
        }
        String text = named(String.valueOf(doc.get("content")), service.name());
        Object tree = read(text, Long.valueOf(1).equals(doc.get("format")), service.name());
        return Optional.ofNullable(filled(tree, service));
    }

    /** A name is of letters, digits, dashes: it can stand in any text. */
    private static String named(String text, String name) {
        return text.replace("{service.name}", name)
                .replace("{service.Name}", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }

    /** Label and description may be anything, so they come in when the text is read. Keys become texts: YAML has numbers there. */
    private static @Nullable Object filled(@Nullable Object tree, ServiceDefinition service) {
        return switch (tree) {
            case String text -> text.replace(LABEL, service.label()).replace(DESCRIPTION, service.description());
            // YAML without quotes
            case Map<?, ?> map when map.size() == 1 && map.containsKey("service.label") -> service.label();
            case Map<?, ?> map when map.size() == 1 && map.containsKey("service.description") -> service.description();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(String.valueOf(key), filled(value, service)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(filled(item, service)));
                yield copy;
            }
            case null, default -> tree;
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
