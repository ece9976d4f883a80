package io.sluice.openapi;

import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What operations share. Only what they refer to is told. */
final class Components {
    private static final String SCHEMA = "#/components/schemas/";

    private final Map<String, Object> schemas = new HashMap<>(Common.schemas());
    private final Map<String, Parameter> shared = new HashMap<>();
    private final Map<String, Object> parameters = new TreeMap<>();

    void offer(Map<String, ? extends Map<String, ?>> more) {
        schemas.putAll(more);
    }

    /** A reference where many operations have the same parameter, else the parameter itself. */
    Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> own = tree(parameter);
        if (parameter.place().equals("path")) {
            return own;
        }
        String key = parameter.name().replaceAll("[^A-Za-z0-9._-]", "_");
        if (!shared.computeIfAbsent(key, name -> parameter).equals(parameter)) {
            return own;
        }
        parameters.put(key, own);
        return Map.of("$ref", "#/components/parameters/" + key);
    }

    private static Map<String, Object> tree(Parameter parameter) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", parameter.name());
        tree.put("in", parameter.place());
        tree.put("description", parameter.text());
        tree.put("required", parameter.place().equals("path"));
        tree.put("schema", parameter.schema());
        Object example = parameter.example();
        if (example != null) {
            tree.put("example", example);
        }
        return tree;
    }

    Map<String, Object> made(Map<String, ?> paths) {
        Map<String, Object> responses = Common.responses();
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("securitySchemes", Security.schemes());
        made.put("parameters", parameters);
        made.put("responses", responses);
        made.put("schemas", referred(List.of(paths, responses)));
        return made;
    }

    private Map<String, Object> referred(Object from) {
        Set<String> names = new TreeSet<>();
        gather(from, names);
        Map<String, Object> found = new TreeMap<>();
        names.forEach(name -> found.put(name, schemas.getOrDefault(name, Shape.ANY)));
        return found;
    }

    private void gather(Object tree, Set<String> names) {
        if (tree instanceof List<?> list) {
            list.forEach(each -> gather(each, names));
        } else if (tree instanceof Map<?, ?> map) {
            map.values().forEach(each -> gather(each, names));
            if (map.get("$ref") instanceof String ref && ref.startsWith(SCHEMA)) {
                String name = ref.substring(SCHEMA.length());
                if (names.add(name)) {
                    gather(schemas.getOrDefault(name, Shape.ANY), names);
                }
            }
        }
    }
}
