package io.sluice.service.system;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The document that somebody wrote for a service: it stands for the generated one. */
final class StoredDocument {
    private StoredDocument() {}

    /** With its placeholders filled; empty when the service has none. */
    static Optional<Object> of(Tx tx, ServiceDefinition service) {
        return ServiceDocs.of(tx, service.id()) instanceof Map<?, ?> doc
                ? Optional.of(read(
                        filled(String.valueOf(doc.get("content")), service),
                        Long.valueOf(1).equals(doc.get("format")),
                        service.name()))
                : Optional.empty();
    }

    private static String filled(String text, ServiceDefinition service) {
        String name = service.name();
        return text.replace("{service.name}", name)
                .replace("{service.Name}", name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1))
                .replace("{service.label}", service.label())
                .replace("{service.description}", service.description());
    }

    private static Object read(String text, boolean yaml, String service) {
        try {
            return yaml
                    ? new Load(LoadSettings.builder().setLabel("document").build()).loadFromString(text)
                    : JsonMapper.shared().readValue(text, Object.class);
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
