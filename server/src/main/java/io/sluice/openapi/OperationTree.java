package io.sluice.openapi;

import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An operation as OpenAPI spells it. */
record OperationTree(String service, Components components, OperationIds ids) {

    Map<String, Object> of(Operation operation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tags", List.of(service));
        tree.put("summary", operation.summary());
        if (!operation.text().isEmpty()) {
            tree.put("description", operation.text());
        }
        tree.put("operationId", ids.of(operation.verb().lower(), service, operation.name()));
        tree.put(
                "parameters",
                operation.parameters().stream().map(components::parameter).toList());
        operation
                .takes()
                .ifPresent(
                        body -> tree.put("requestBody", Map.of("description", body.text(), "content", content(body))));
        tree.put("responses", responses(operation));
        return tree;
    }

    private static Map<String, Object> responses(Operation operation) {
        Map<String, Object> responses = new LinkedHashMap<>();
        operation.gives().forEach((status, body) -> responses.put(Integer.toString(status), answer(body)));
        responses.put("400", operation.batch() ? shared("BatchError") : shared("Error"));
        responses.put("401", shared("Error"));
        responses.put("403", shared("Error"));
        if (operation.path().contains("{") || operation.path().contains("/_")) {
            responses.put("404", shared("Error"));
        }
        responses.put("default", shared("Error"));
        return responses;
    }

    private static Map<String, Object> shared(String name) {
        return Map.of("$ref", "#/components/responses/" + name);
    }

    private static Map<String, Object> answer(Data body) {
        return Map.of("description", body.text(), "content", content(body));
    }

    private static Map<String, Object> content(Data body) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String type : body.mediaTypes()) {
            Map<String, Object> media = new LinkedHashMap<>();
            media.put("schema", schema(body, type));
            Object example = body.example();
            if (example != null && type.equals(body.mediaTypes().getFirst())) {
                media.put("example", example);
            }
            content.put(type, media);
        }
        return content;
    }

    /** What is no JSON is text of the same, or bytes. */
    private static Map<String, ?> schema(Data body, String type) {
        return type.endsWith("json") && !type.contains("ndjson")
                        || type.equals(body.mediaTypes().getFirst())
                ? body.schema()
                : Shape.TEXT;
    }
}
