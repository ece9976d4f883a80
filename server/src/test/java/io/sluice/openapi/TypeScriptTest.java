package io.sluice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeScriptTest {
    private static Map<String, Object> record(String... fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String field : fields) {
            properties.put(field, Shape.TEXT);
        }
        return Shape.object(properties);
    }

    @Test
    void namesNeverCollideAndAlwaysCompile() {
        Map<String, Map<String, ?>> schemas = new LinkedHashMap<>();
        schemas.put("db.event", record("a-b", "1x", "ok"));
        schemas.put("db.e_vent", record("a"));
        schemas.put("db.2nd", record("a"));
        schemas.put("db.\u00fc", record("a"));
        TypeScript types = new TypeScript("db", schemas);
        assertThat(types.read(Shape.ref("db.event"))).isEqualTo("Event2");
        assertThat(types.read(Shape.ref("db.e_vent"))).isEqualTo("EVent");
        assertThat(types.read(Shape.ref("db.2nd"))).isEqualTo("T2nd");
        assertThat(types.read(Shape.ref("db.\u00fc"))).isEqualTo("T");
        assertThat(types.read(Shape.ref("db.event"))).as("once").isEqualTo("Event2");
        assertThat(types.interfaces()).hasSize(4).first().isEqualTo("""
                interface Event2 {
                  "a-b": string;
                  "1x": string;
                  ok: string;
                  [more: string]: any;
                }""");
    }

    @Test
    void schemasThatReferToThemselvesEnd() {
        Map<String, Object> tree = Shape.object(Map.of("below", Shape.list(Shape.ref("db.tree"))));
        TypeScript types = new TypeScript("db", Map.of("db.tree", tree));
        assertThat(types.read(Shape.ref("db.tree"))).isEqualTo("Tree");
        assertThat(types.interfaces()).first().asString().contains("below: Tree[];");
    }

    @Test
    void typesOfAllKinds() {
        TypeScript types = new TypeScript("db", Map.of("db.a", record("x")));
        assertThat(types.read(Map.of("type", List.of("integer", "null")))).isEqualTo("number | null");
        assertThat(types.read(Shape.list(Map.of("type", List.of("string", "null"))))).isEqualTo("(string | null)[]");
        assertThat(types.read(Map.of("enum", List.of("a", 1)))).isEqualTo("\"a\" | 1");
        assertThat(types.read(Shape.ANY)).isEqualTo("any");
        assertThat(types.read(Shape.ref("absent"))).isEqualTo("any");
        assertThat(types.read(Map.of("type", "object"))).isEqualTo("Record<string, unknown>");
        assertThat(types.read(Shape.anyOf(List.of(Shape.TEXT, Shape.WHOLE)))).isEqualTo("string | number");
        Map<String, Object> creation =
                Map.of("allOf", List.of(Shape.ref("db.a"), Map.of("type", "object", "required", List.of("x"))));
        assertThat(types.written(creation)).isEqualTo("Partial<A>");
        assertThat(types.read(creation)).isEqualTo("A");
    }

    @Test
    void wordsCannotEndTheirComment() {
        assertThat(TypeScript.comment("a */ b\n c")).isEqualTo("/** a *\u200B/ b c */\n");
        assertThat(TypeScript.comment(null)).isEmpty();
    }
}
