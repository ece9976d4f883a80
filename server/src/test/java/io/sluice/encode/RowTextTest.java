package io.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiResponse;
import io.sluice.api.Body;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import io.sluice.testing.Draws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows are written by hand and trees by a library: whatever the texts are, both must come to the same. */
class RowTextTest {
    private static final String[] PIECES = {
        "a",
        "plain text ",
        "\"",
        "\\",
        "/",
        "\n",
        "\r\n",
        "\t",
        "\b\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "ä",
        "\u07ff",
        "\u0800",
        "漢",
        "\uffff",
        "\ud83d\ude00",
        ",",
        "'",
        "x".repeat(300),
        "é".repeat(5_000),
        "y".repeat(9_000),
        "\ud83d\ude00".repeat(3_000)
    };

    private record Texts(List<String> names, List<List<String>> values) implements Content.Rows {
        @Override
        public RowShape shape() {
            return RowShape.of(names);
        }

        @Override
        public void drainTo(RowSink sink) {
            for (List<String> row : values) {
                sink.beginRow();
                for (int column = 0; column < names.size(); column++) {
                    sink.text(column, row.get(column));
                }
                sink.endRow();
            }
        }

        @Override
        public Map<String, Object> meta() {
            return Map.of("count", values.size());
        }

        List<Map<String, Object>> maps() {
            List<Map<String, Object>> maps = new ArrayList<>();
            for (List<String> row : values) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int column = 0; column < names.size(); column++) {
                    map.put(names.get(column), row.get(column));
                }
                maps.add(map);
            }
            return maps;
        }
    }

    private static String write(Content content, Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Encoder().write(new ApiResponse(200, Map.of(), content, format, false), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Texts draw(Draws draws, int least) {
        List<String> names = List.of("id", "a\"b\\", "größe");
        List<List<String>> values = new ArrayList<>();
        for (int row = draws.between(least, 30); row > 0; row--) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                StringBuilder text = new StringBuilder();
                for (int piece = draws.between(0, 4); piece > 0; piece--) {
                    text.append(draws.of(PIECES));
                }
                cells.add(text.toString());
            }
            values.add(cells);
        }
        return new Texts(names, values);
    }

    @Test
    void rowsAreWrittenAsTreesAre() {
        Draws.times(200, draws -> {
            Texts texts = draw(draws, 0);
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("resource", texts.maps());
            tree.put("meta", texts.meta());
            for (Format format : List.of(Format.JSON, Format.NDJSON, Format.CSV)) {
                assertThat(write(texts, format)).isEqualTo(write(new Content.Tree(tree), format));
            }
        });
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Draws.times(100, draws -> {
            Texts texts = draw(draws, 1); // no lines are no body
            for (Format format : List.of(Format.JSON, Format.NDJSON)) {
                byte[] bytes = write(texts, format).getBytes(StandardCharsets.UTF_8);
                assertThat(Body.raw(bytes, format.mediaType()).payload())
                        .isInstanceOfSatisfying(
                                Map.class,
                                body -> assertThat(body.get("resource")).isEqualTo(texts.maps()));
            }
        });
    }

    @Test
    void halfAPairOfSurrogatesIsKeptWhereTheFormCan() throws IOException {
        Texts texts = new Texts(List.of("a"), List.of(List.of("x\ud83dy")));
        assertThat(write(texts, Format.NDJSON)).isEqualTo("{\"a\":\"x\\uD83Dy\"}\n");
        assertThat(write(texts, Format.CSV)).isEqualTo("a\nx?y\n");
    }
}
