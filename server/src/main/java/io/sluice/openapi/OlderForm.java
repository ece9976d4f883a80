package io.sluice.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A document of 3.1 in the words of 3.0, whose schemas know no list of types, no null and no encodings. Pure. */
final class OlderForm {
    private static final Set<String> DATA = Set.of("example", "default", "enum");
    private static final String NULL = "null";

    private OlderForm() {}

    static Map<String, Object> of(Map<?, ?> document) {
        return keywords(document);
    }

    private static Map<String, Object> keywords(Map<?, ?> tree) {
        Map<String, Object> older = new LinkedHashMap<>();
        tree.forEach((name, value) -> put(older, String.valueOf(name), value));
        return older;
    }

    /** Here a column may be called {@code type} or {@code default}. */
    private static Map<String, Object> names(Map<?, ?> tree) {
        Map<String, Object> older = new LinkedHashMap<>();
        tree.forEach((name, value) -> older.put(String.valueOf(name), older(value)));
        return older;
    }

    private static Object older(Object value) {
        return switch (value) {
            case Map<?, ?> map -> keywords(map);
            case List<?> list -> list.stream().map(OlderForm::older).toList();
            default -> value;
        };
    }

    private static void put(Map<String, Object> older, String keyword, Object value) {
        switch (keyword) {
            case "type" -> {
                if (value instanceof List<?> types) {
                    types(older, types);
                } else {
                    older.put(keyword, value);
                }
            }
            case "properties" -> older.put(keyword, value instanceof Map<?, ?> map ? names(map) : value);
            case "contentEncoding" -> older.put("format", "byte");
            case "contentMediaType" -> {} // said in words as well
            default -> older.put(keyword, DATA.contains(keyword) ? value : older(value));
        }
    }

    private static void types(Map<String, Object> older, List<?> types) {
        List<Object> others = new ArrayList<>(types);
        if (others.remove(NULL)) {
            older.put("nullable", true);
        }
        if (others.size() == 1) {
            older.put("type", others.getFirst());
        } else {
            older.put(
                    "anyOf",
                    others.stream().map(type -> alone(String.valueOf(type))).toList());
        }
    }

    /** A list has to say of what. */
    private static Map<String, Object> alone(String type) {
        return type.equals("array") ? Map.of("type", type, "items", Map.of()) : Map.of("type", type);
    }
}
