package io.sluice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the OpenAPI Specification demands of a document: its own JSON Schema, and what no schema can say. */
final class Specification {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)\\}");
    private static final Schema V3_1 = schema(SpecificationVersion.DRAFT_2020_12, "/openapi/schema-3.1.json");
    private static final Schema V3_0 = schema(SpecificationVersion.DRAFT_4, "/openapi/schema-3.0.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON.readTree("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}"));

    private Specification() {}

    private static Schema schema(SpecificationVersion version, String resource) {
        try (InputStream in = Specification.class.getResourceAsStream(resource)) {
            return SchemaRegistry.withDefaultDialect(version).getSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void holds(JsonNode document) {
        boolean older = document.get("openapi").asString().startsWith("3.0.");
        assertThat((older ? V3_0 : V3_1).validate(document))
                .as("the schema of OpenAPI")
                .isEmpty();
        referencesLeadSomewhere(document, document);
        operations(document);
        if (!older) {
            document.get("components")
                    .get("schemas")
                    .forEach(each ->
                            assertThat(SCHEMA.validate(each)).as("JSON Schema").isEmpty());
        }
    }

    private static void referencesLeadSomewhere(JsonNode document, JsonNode part) {
        JsonNode ref = part.get("$ref");
        if (ref != null && ref.isString()) {
            assertThat(document.at(ref.asString().substring(1)).isMissingNode())
                    .as(ref.asString())
                    .isFalse();
        }
        part.forEach(each -> referencesLeadSomewhere(document, each));
    }

    private static void operations(JsonNode document) {
        Set<String> ids = new HashSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (JsonNode operation : path.getValue()) {
                assertThat(ids.add(operation.get("operationId").asString()))
                        .as("used once: " + operation.get("operationId"))
                        .isTrue();
                assertThat(operation.at("/responses/default/$ref").asString())
                        .isEqualTo("#/components/responses/Error");
                assertThat(placeholders(operation)).as(path.getKey()).isEqualTo(placeholders(path.getKey()));
            }
        }
    }

    private static Set<String> placeholders(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.get("parameters")) {
            if (parameter.path("in").asString("").equals("path")) {
                names.add(parameter.get("name").asString());
            }
        }
        return names;
    }

    private static Set<String> placeholders(String path) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The answer has a status that the operation tells of, and a body that its schema allows. */
    static void answers(JsonNode document, JsonNode operation, int status, JsonNode body) {
        JsonNode response = operation.get("responses").get(Integer.toString(status));
        assertThat(response)
                .as("a documented status: " + status + " of " + operation.get("operationId"))
                .isNotNull();
        if (response.has("$ref")) {
            response = document.at(response.get("$ref").asString().substring(1));
        }
        ObjectNode schema = JSON.createObjectNode();
        schema.set("allOf", JSON.createArrayNode().add(response.at("/content/application~1json/schema")));
        schema.set("components", document.get("components"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(body))
                .as(operation.get("operationId") + " answered " + status + ": " + body)
                .isEmpty();
    }
}
