package io.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import io.sluice.script.EventData;
import io.sluice.testing.Draws;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rows in memory, as scripts leave them, within trees. */
class HeldRowsTest {
    private static final RowShape SHAPE = RowShape.of(List.of("id", "na\"me", "price"));
    private static final String[] TEXTS = {
        "", "plain", "ä😀", "\\n\\", "\"", "\n\r\t\b\f\u0000\u001f", "/", "\uffff", "z".repeat(5_000)
    };
    private static final String ODD = "a \"quoted\" \\ line\nÜmläut 😀 \u0001";

    private static Row row(Object id, Object name, Object price) {
        return new Row(SHAPE, new Object[] {id, name, price});
    }

    /** A row as it came from a cursor, with others before it. */
    private static Row held(long id, String name, String price) {
        return held(List.of(sink -> cells(sink, 7, "before", "1"), sink -> cells(sink, id, name, price)))
                .getLast();
    }

    private static void cells(RowSink sink, long id, String name, String price) {
        sink.beginRow();
        sink.integer(0, id);
        sink.utf8(1, name.getBytes(StandardCharsets.UTF_8));
        sink.decimal(2, price);
        sink.endRow();
    }

    private static List<Row> held(List<Consumer<RowSink>> rows) {
        return Drained.rows(new Content.Rows() {
            @Override
            public RowShape shape() {
                return SHAPE;
            }

            @Override
            public void drainTo(RowSink sink) {
                rows.forEach(row -> row.accept(sink));
            }

            @Override
            public Map<String, Object> meta() {
                return Map.of();
            }
        });
    }

    private static String json(Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter.tree(tree, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rowsStandWhereListsAndMapsWould() {
        Row changed = held(1, ODD, "12.50");
        changed.put("added", List.of(Map.of("x", 1.5)));
        Row cut = row(1L << 60, ODD, Double.NaN);
        cut.remove("na\"me");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("resource", List.of(changed, cut, row(null, "", true)));
        tree.put("one", held(1, "x", "0"));
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
    void whatIsNotTouchedGoesOutAsItCame() {
        Row row = held(1, ODD, "0.10");
        assertThat(json(row))
                .isEqualTo(json(row(1, ODD, new BigDecimal("0.10"))).replace("\\uD83D\\uDE00", "😀"));
        row.get("na\"me");
        row.put("price", 2);
        assertThat(json(row)).isEqualTo(json(row(1, ODD, 2)).replace("\\uD83D\\uDE00", "😀"));
        row.remove("id");
        assertThat(json(row)).startsWith("{\"na\\\"me\":").endsWith("\",\"price\":2}");
        row.put("id", 3);
        row.put("price", null);
        row.put("more", true);
        assertThat(json(row)).startsWith("{\"id\":3,\"na").endsWith(",\"price\":null,\"more\":true}");
        row.keySet().removeAll(List.of("id", "na\"me", "price", "more"));
        assertThat(json(row)).isEqualTo("{}");
        assertThat(row).isEmpty();
    }

    @Test
    void whatIsLookedAtIsWhatTheCursorGave() {
        assertThat(held(1, ODD, "12.50")).isEqualTo(row(1, ODD, new BigDecimal("12.50")));
        assertThat(held(1L << 40, "", "-1")).isEqualTo(row(1L << 40, "", new BigDecimal("-1")));
        Row row = held(1, "Ä", "NaN");
        assertThat(row).containsEntry("na\"me", "Ä").containsEntry("price", null);
        assertThat(row.put("na\"me", 7)).isEqualTo("Ä");
        assertThat(row.put("na\"me", 8)).isEqualTo(7);
        assertThat(row.remove("na\"me")).isEqualTo(8);
        assertThat(row.remove("na\"me")).isNull();
        assertThat(row).hasSize(2).doesNotContainKey("na\"me");
        assertThat(row.put("na\"me", "again")).isNull();
        assertThat(row).hasSize(3);
    }

    @Test
    void everyKindOfCellIsReadBack() {
        Draws.times(300, draws -> {
            List<Map<String, Object>> expected = new ArrayList<>();
            List<Consumer<RowSink>> rows = new ArrayList<>();
            for (int number = draws.between(1, 40); number > 0; number--) {
                Map<String, Object> values = new LinkedHashMap<>();
                List<Consumer<RowSink>> cells = new ArrayList<>();
                for (int column = 0; column < SHAPE.size(); column++) {
                    Draw draw = draw(draws, column);
                    values.put(SHAPE.name(column), draw.value());
                    cells.add(draw.cell());
                }
                expected.add(values);
                rows.add(sink -> {
                    sink.beginRow();
                    cells.forEach(cell -> cell.accept(sink));
                    sink.endRow();
                });
            }
            List<Row> held = held(rows);
            assertThat(held).isEqualTo(expected);
            JsonMapper reader = JsonMapper.shared();
            assertThat(reader.readTree(json(held))).isEqualTo(reader.readTree(json(expected)));
        });
    }

    private record Draw(Object value, Consumer<RowSink> cell) {}

    private static Draw draw(Draws draws, int column) {
        String text = draws.of(TEXTS).repeat(draws.between(1, 3));
        int whole = draws.between(-1_000_000_000, 1_000_000_000);
        long large = whole * 0x1_0000_0001L;
        double real = whole / 1024.0;
        BigDecimal digits = new BigDecimal(whole).movePointLeft(3);
        boolean truth = whole > 0;
        List<String> tree = List.of("x", text);
        return switch (draws.between(0, 9)) {
            case 0 -> new Draw(null, sink -> sink.nothing(column));
            case 1 -> new Draw(whole, sink -> sink.integer(column, whole));
            case 2 -> new Draw(large, sink -> sink.integer(column, large));
            case 3 -> new Draw(real, sink -> sink.real(column, real));
            case 4 -> new Draw(digits, sink -> sink.decimal(column, digits.toPlainString()));
            case 5 -> new Draw(truth, sink -> sink.bool(column, truth));
            case 6 -> new Draw(tree, sink -> sink.tree(column, tree));
            case 7 -> new Draw(null, sink -> sink.real(column, Double.NaN));
            case 8 -> new Draw(text, sink -> sink.text(column, text));
            default -> new Draw(text, sink -> sink.utf8(column, text.getBytes(StandardCharsets.UTF_8)));
        };
    }

    @Test
    void aCopyDoesNotChangeItsOriginal() {
        Row original = held(1, "name", "2");
        original.put("tree", new ArrayList<>(List.of("a")));
        Row copy = (Row) EventData.copy(original);
        copy.put("id", 2);
        ((List<Object>) copy.get("tree")).add("b");
        copy.remove("price");
        assertThat(original)
                .isEqualTo(Map.of("id", 1, "na\"me", "name", "price", new BigDecimal("2"), "tree", List.of("a")));
        assertThat(copy).isEqualTo(Map.of("id", 2, "na\"me", "name", "tree", List.of("a", "b")));
    }
}
