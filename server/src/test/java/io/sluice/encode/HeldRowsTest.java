package io.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rows in memory, as scripts leave them, within trees. */
class HeldRowsTest {
    private static final RowShape SHAPE = RowShape.of(List.of("id", "na\"me", "price"));
    private static final String ODD = "a \"quoted\" \\ line\nÜmläut 😀 \u0001";

    private static Row row(Object id, Object name, Object price) {
        return new Row(SHAPE, new Object[] {id, name, price});
    }

    private static Row.Utf8 unread(String text) {
        return new Row.Utf8(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter.tree(tree, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rowsStandWhereListsAndMapsWould() {
        Row changed = row(1, unread(ODD), new BigDecimal("12.50"));
        changed.put("added", List.of(Map.of("x", 1.5)));
        Row cut = row(1L << 60, ODD, Double.NaN);
        cut.remove("na\"me");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("resource", List.of(changed, cut, row(null, "", true)));
        tree.put("one", row(1, unread("x"), 0));
        tree.put("after", "end");

        String written = json(tree);
        assertThat(written)
                .startsWith("{\"resource\":[{\"id\":1,\"na\\\"me\":\"a \\\"quoted")
                .endsWith(",\"price\":12.50,\"added\":[{\"x\":1.5}]},{\"id\":1152921504606846976,\"price\":null},"
                        + "{\"id\":null,\"na\\\"me\":\"\",\"price\":true}],"
                        + "\"one\":{\"id\":1,\"na\\\"me\":\"x\",\"price\":0},\"after\":\"end\"}");
        assertThat(JsonMapper.shared()
                        .readTree(written)
                        .at("/resource/0/na\"me")
                        .asString())
                .isEqualTo(ODD);
    }

    @Test
    void otherThingsMayStandBetweenRows() {
        List<Object> mixed = new ArrayList<>(List.of(row(1, "a", 2), Map.of("b", List.of(row(3, "c", 4))), "text"));
        mixed.add(null);
        assertThat(json(List.of(mixed, List.of())))
                .isEqualTo(
                        "[[{\"id\":1,\"na\\\"me\":\"a\",\"price\":2},{\"b\":[{\"id\":3,\"na\\\"me\":\"c\",\"price\":4}]},"
                                + "\"text\",null],[]]");
    }

    @Test
    void aTextIsReadWhenItIsLookedAt() {
        Row row = row(1, unread("Ä"), null);
        assertThat(row.get("na\"me")).isEqualTo("Ä");
        assertThat(row).containsEntry("na\"me", "Ä");
        Row other = row(1, unread("Ö"), null);
        assertThat(other.put("na\"me", 7)).isEqualTo("Ö");
        assertThat(row(1, unread("Ü"), null).remove("na\"me")).isEqualTo("Ü");
        assertThat(row(1, unread("ß"), null)).isEqualTo(row(1, "ß", null));
    }
}
