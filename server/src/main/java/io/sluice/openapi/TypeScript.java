package io.sluice.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON Schemas as TypeScript. Schemas that are referred to become interfaces, each written once. Records that are read have
 * all their columns and may be given more; of records that come in any column may be missing. Used once.
 */
final class TypeScript {
    private static final String SCHEMA = "#/components/schemas/";
    private static final String ANY = "any";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final int DEEPEST = 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Names that the declarations use themselves. */
    private static final Set<String> TAKEN = Set.of(
            "Request", "Response", "Failure", "Answer", "Options", "NodeResponse", "Callback", "Api", "Store", "Session",
            "Platform", "Console", "FetchOptions", "FetchResponse", "Event", "Parameters", "Payload", "Content", "Path",
            "Record", "Partial", "Promise", "ArrayBuffer", "Uint8Array");

    private final String prefix;
    private final Map<String, Object> schemas = new LinkedHashMap<>(Common.schemas());
    private final Set<String> records;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>(TAKEN);
    private final Map<String, String> interfaces = new LinkedHashMap<>();

    /** @param service the names of its schemas begin with its own, which is left out */
    TypeScript(String service, Map<String, ? extends Map<String, ?>> own) {
        this.prefix = service + ".";
        this.records = Set.copyOf(own.keySet());
        schemas.putAll(own);
    }

    /** What was referred to so far, in order. */
    Collection<String> interfaces() {
        return interfaces.values();
    }

    /** The type of what comes out: complete. */
    String read(Map<?, ?> schema) {
        return type(schema, false, 0);
    }

    /** The type of what comes in and is not looked at yet: parts may be missing. */
    String written(Map<?, ?> schema) {
        return type(schema, true, 0);
    }

    private String type(Map<?, ?> schema, boolean partly, int depth) {
        if (depth > DEEPEST) {
            return ANY;
        }
        if (schema.get("$ref") instanceof String ref && ref.startsWith(SCHEMA)) {
            return referred(ref.substring(SCHEMA.length()), partly, depth);
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            return choices.isEmpty() ? ANY : union(choices, partly, depth);
        }
        if (schema.get("allOf") instanceof List<?> parts) {
            return parts(parts, partly, depth);
        }
        if (schema.get("enum") instanceof List<?> values) {
            return values.stream().map(JSON::writeValueAsString).collect(Collectors.joining(" | "));
        }
        return schema.get("type") instanceof List<?> types
                ? types.stream()
                        .map(each -> simple(String.valueOf(each), schema, partly, depth))
                        .distinct()
                        .collect(Collectors.joining(" | "))
                : simple(schema.get("type") instanceof String one ? one : ANY, schema, partly, depth);
    }

    private String simple(String type, Map<?, ?> schema, boolean partly, int depth) {
        return switch (type) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> list(map(schema.get("items")), partly, depth);
            case "object" ->
                schema.get("properties") instanceof Map<?, ?> properties
                        ? object(properties, required(schema), partly, depth)
                        : "Record<string, unknown>";
            default -> ANY;
        };
    }

    private String list(Map<?, ?> items, boolean partly, int depth) {
        String each = type(items, partly, depth + 1);
        return NAME.matcher(each).matches() || each.endsWith(">") ? each + "[]" : "(" + each + ")[]";
    }

    private String union(List<?> choices, boolean partly, int depth) {
        return choices.stream()
                .map(each -> type(map(each), partly, depth + 1))
                .distinct()
                .collect(Collectors.joining(" | "));
    }

    /** Parts that only say what is required add nothing to a type. */
    private String parts(List<?> parts, boolean partly, int depth) {
        String all = parts.stream()
                .map(TypeScript::map)
                .filter(part -> part.containsKey("$ref") || part.containsKey("properties"))
                .map(part -> type(part, partly, depth + 1))
                .distinct()
                .collect(Collectors.joining(" & "));
        return all.isEmpty() ? ANY : all;
    }

    private String referred(String schema, boolean partly, int depth) {
        Map<?, ?> target = map(schemas.get(schema));
        if (!(target.get("properties") instanceof Map<?, ?> properties)) {
            return type(target, partly, depth + 1);
        }
        String name = names.get(schema);
        if (name == null) {
            name = free(OperationIds.camel(
                    schema.startsWith(prefix) ? schema.substring(prefix.length()) : schema));
            names.put(schema, name);
            interfaces.put(name, "");
            interfaces.put(
                    name,
                    comment(target.get("description")) + "interface " + name + " "
                            + shared(properties, records.contains(schema) ? properties.keySet() : required(target), depth));
        }
        return partly ? "Partial<" + name + ">" : name;
    }

    private String free(String wanted) {
        String plain = wanted.isEmpty() || Character.isDigit(wanted.charAt(0)) ? "T" + wanted : wanted;
        String name = plain;
        for (int i = 2; !used.add(name); i++) {
            name = plain + i;
        }
        return name;
    }

    /** Scripts add fields to records, so further ones are allowed. */
    private String shared(Map<?, ?> properties, Collection<?> required, int depth) {
        List<String> members = members(properties, required, false, depth);
        members.add("[more: string]: any;");
        return braced(members);
    }

    private String object(Map<?, ?> properties, Collection<?> required, boolean partly, int depth) {
        return braced(members(properties, required, partly, depth));
    }

    private List<String> members(Map<?, ?> properties, Collection<?> required, boolean partly, int depth) {
        List<String> members = new ArrayList<>();
        properties.forEach((name, schema) -> {
            Map<?, ?> of = map(schema);
            members.add(comment(of.get("description")) + key(String.valueOf(name))
                    + (required.contains(name) ? ": " : "?: ")
                    + type(of, partly, depth + 1) + ";");
        });
        return members;
    }

    static String braced(List<String> members) {
        return members.isEmpty()
                ? "{}"
                : members.stream()
                        .map(member -> "  " + member.replace("\n", "\n  ") + "\n")
                        .collect(Collectors.joining("", "{\n", "}"));
    }

    static String key(String name) {
        return NAME.matcher(name).matches() ? name : JSON.writeValueAsString(name);
    }

    /** A line above; nothing without a text. */
    static String comment(@Nullable Object text) {
        String words = (text instanceof String said ? said : "")
                .replace("*/", "*\u200B/")
                .replaceAll("\\s+", " ")
                .strip();
        return words.isEmpty() ? "" : "/** " + words + " */\n";
    }

    private static Collection<?> required(Map<?, ?> schema) {
        return schema.get("required") instanceof Collection<?> names ? names : List.of();
    }

    private static Map<?, ?> map(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map ? map : Map.of();
    }
}
