package io.sluice.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas (2020-12) as data. Pure. */
public final class Shape {
    /** Anything at all. */
    public static final Map<String, Object> ANY = Map.of();

    public static final Map<String, Object> TEXT = Map.of("type", "string");
    public static final Map<String, Object> WHOLE = Map.of("type", "integer");
    public static final Map<String, Object> FLAG = Map.of("type", "boolean");

    private Shape() {}

    /** The schema of that name among the shared ones. */
    public static Map<String, Object> ref(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    public static Map<String, Object> list(Map<String, ?> items) {
        return Map.of("type", "array", "items", items);
    }

    public static Map<String, Object> object(Map<String, ?> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    public static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
        return Map.of("anyOf", schemas);
    }

    /** {@code {"resource": […]}}, where {@code meta} may stand beside it. */
    public static Map<String, Object> resource(Map<String, ?> items) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("resource", list(items));
        properties.put("meta", ref("Meta"));
        Map<String, Object> schema = object(properties);
        schema.put("required", List.of("resource"));
        return schema;
    }

    /** The same schema with words beside it. */
    public static Map<String, Object> said(Map<String, ?> schema, String text) {
        Map<String, Object> said = new LinkedHashMap<>(schema);
        said.put("description", text);
        return said;
    }
}
