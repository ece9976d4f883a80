package io.sluice.openapi;

import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas and answers that every service has. */
final class Common {
    private Common() {}

    static Map<String, Object> schemas() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put("Success", Shape.object(Map.of("success", Shape.FLAG)));
        schemas.put("Meta", meta());
        schemas.put(
                "ResourceList",
                Shape.anyOf(
                        List.of(Shape.resource(Shape.object(Map.of("name", Shape.TEXT))), Shape.resource(Shape.TEXT))));
        schemas.put("Error", error(Map.of("type", List.of("object", "array", "string", "null"))));
        schemas.put("BatchError", error(batch()));
        return schemas;
    }

    private static Map<String, Object> meta() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("count", Shape.said(Shape.WHOLE, "How many records there are, limit and offset left aside."));
        properties.put("next", Shape.said(Shape.WHOLE, "The offset of the next page, when there is one."));
        properties.put("schema", Shape.said(Map.of("type", "object"), "The table, with include_schema."));
        return Shape.object(properties);
    }

    private static Map<String, Object> error(Map<String, Object> context) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("code", Shape.said(Shape.WHOLE, "The status, or 1000 for a batch error."));
        properties.put("context", context);
        properties.put("message", Shape.said(Shape.TEXT, "What happened, and what to do."));
        properties.put("status_code", Shape.said(Shape.WHOLE, "The HTTP status."));
        Map<String, Object> inner = Shape.object(properties);
        inner.put("required", List.of("code", "message"));
        Map<String, Object> outer = Shape.object(Map.of("error", inner));
        outer.put("required", List.of("error"));
        return outer;
    }

    private static Map<String, Object> batch() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("error", Shape.said(Shape.list(Shape.WHOLE), "Indexes of the entries that failed."));
        properties.put(
                "resource",
                Shape.said(Shape.list(Map.of("type", "object")), "For each entry, in order, its record or its error."));
        return Shape.object(properties);
    }

    static Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("Success", json("It is done.", Shape.ref("Success")));
        responses.put("Error", json("An error.", Shape.ref("Error")));
        responses.put("ResourceList", json("Names of what is here.", Shape.ref("ResourceList")));
        responses.put(
                "BatchError",
                json(
                        "The call or some of its records cannot be done.",
                        Shape.anyOf(List.of(Shape.ref("BatchError"), Shape.ref("Error")))));
        return responses;
    }

    private static Map<String, Object> json(String text, Map<String, Object> schema) {
        return Map.of("description", text, "content", Map.of("application/json", Map.of("schema", schema)));
    }
}
