package io.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Format;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private final Encoder encoder = new Encoder();

    private String write(Content content, Format format, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.write(new ApiResponse(200, headers, content, format, false), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String tree(Object value, Format format) throws IOException {
        return write(new Content.Tree(value), format, Map.of());
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** Two rows with a cell of every kind. */
    private static final class Cursor implements Content.Rows {
        private final Map<String, Object> meta;
        private boolean fails;
        private int closed;

        Cursor(Map<String, Object> meta) {
            this.meta = meta;
        }

        @Override
        public RowShape shape() {
            return RowShape.of(List.of("id", "name", "real", "price", "ok", "none", "tree"));
        }

        @Override
        public void drainTo(RowSink sink) {
            for (int i = 1; i <= 2; i++) {
                sink.beginRow();
                sink.integer(0, i == 1 ? 1 : Long.MAX_VALUE);
                sink.text(1, i == 1 ? "Ann \"/\" Väle" : "a,b");
                sink.real(2, i == 1 ? 120.5 : Double.NaN);
                sink.decimal(3, i == 1 ? "1.10" : "NaN");
                sink.bool(4, i == 1);
                sink.nothing(5);
                sink.tree(6, i == 1 ? List.of(map("x", 1)) : null);
                if (fails) {
                    throw ApiException.badRequest("broken");
                }
                sink.endRow();
            }
        }

        @Override
        public Map<String, Object> meta() {
            return meta;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void rowsAsJson() throws IOException {
        Cursor cursor = new Cursor(map("count", 2));
        assertThat(write(cursor, Format.JSON, Map.of()))
                .isEqualTo("{\"resource\":["
                        + "{\"id\":1,\"name\":\"Ann \\\"/\\\" Väle\",\"real\":120.5,\"price\":1.10,\"ok\":true,\"none\":null,\"tree\":[{\"x\":1}]},"
                        + "{\"id\":9223372036854775807,\"name\":\"a,b\",\"real\":null,\"price\":null,\"ok\":false,\"none\":null,\"tree\":null}"
                        + "],\"meta\":{\"count\":2}}");
        assertThat(cursor.closed).isEqualTo(1);
        assertThat(write(new Cursor(Map.of()), Format.JSON, Map.of())).endsWith("]}");
    }

    @Test
    void rowsAsXml() throws IOException {
        assertThat(write(new Cursor(map("next", 2)), Format.XML, Map.of()))
                .isEqualTo("<?xml version=\"1.0\" ?><dfapi>"
                        + "<resource><id>1</id><name>Ann \"/\" Väle</name><real>120.5</real><price>1.10</price><ok>true</ok><none></none>"
                        + "<tree><x>1</x></tree></resource>"
                        + "<resource><id>9223372036854775807</id><name>a,b</name><real>NaN</real><price>NaN</price><ok>false</ok>"
                        + "<none></none><tree></tree></resource>"
                        + "<meta><next>2</next></meta></dfapi>");
    }

    @Test
    void rowsAsCsv() throws IOException {
        assertThat(write(new Cursor(map("next", 2)), Format.CSV, Map.of()))
                .isEqualTo("id,name,real,price,ok,none,tree\n"
                        + "1,\"Ann \"\"/\"\" Väle\",120.5,1.10,1,,\"[{\"\"x\"\":1}]\"\n"
                        + "9223372036854775807,\"a,b\",NaN,NaN,,,\n");
    }

    @Test
    void rowsAsNdjson() throws IOException {
        assertThat(write(new Cursor(map("next", 2)), Format.NDJSON, Map.of()))
                .isEqualTo(
                        "{\"id\":1,\"name\":\"Ann \\\"/\\\" Väle\",\"real\":120.5,\"price\":1.10,\"ok\":true,\"none\":null,\"tree\":[{\"x\":1}]}\n"
                                + "{\"id\":9223372036854775807,\"name\":\"a,b\",\"real\":null,\"price\":null,\"ok\":false,\"none\":null,\"tree\":null}\n");
    }

    @Test
    void treesAsNdjson() throws IOException {
        List<?> records = List.of(map("id", 1, "x", List.of(map("y", "a\nb"))), map("id", 2));
        String lines = "{\"id\":1,\"x\":[{\"y\":\"a\\nb\"}]}\n{\"id\":2}\n";
        assertThat(tree(map("resource", records, "meta", map("count", 2)), Format.NDJSON))
                .isEqualTo(lines);
        assertThat(tree(records, Format.NDJSON)).isEqualTo(lines);
        assertThat(tree(map("id", 1, "resource", "text"), Format.NDJSON))
                .isEqualTo("{\"id\":1,\"resource\":\"text\"}\n");
        assertThat(tree(6, Format.NDJSON)).isEqualTo("6\n");
        assertThat(tree(map("resource", List.of()), Format.NDJSON)).isEmpty();
        assertThat(tree(List.of("a", 1), Format.NDJSON)).isEqualTo("\"a\"\n1\n");
    }

    @Test
    void anErrorOfTheCursorPassesThroughAndNothingIsCompleted() {
        for (Format format : Format.values()) {
            Cursor cursor = new Cursor(Map.of());
            cursor.fails = true;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> encoder.write(new ApiResponse(200, Map.of(), cursor, format, false), out))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("broken");
            assertThat(cursor.closed).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotEndWith("}").doesNotEndWith(">");
        }
    }

    @Test
    void aFailureOfTheStreamIsItsOwn() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        for (Format format : Format.values()) {
            Cursor cursor = new Cursor(Map.of());
            assertThatThrownBy(() -> encoder.write(new ApiResponse(200, Map.of(), cursor, format, false), gone))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("gone");
            assertThat(cursor.closed).isEqualTo(1);
        }
    }

    @Test
    void treesAsJson() throws IOException {
        assertThat(tree(
                        map(
                                "s",
                                "é/\u0001",
                                "i",
                                1,
                                "l",
                                5000000000L,
                                "d",
                                1.5,
                                "f",
                                0.1f,
                                "n",
                                null,
                                "b",
                                true,
                                "big",
                                new BigInteger("12345678901234567890"),
                                "dec",
                                new BigDecimal("1.10"),
                                "inf",
                                Double.POSITIVE_INFINITY,
                                "list",
                                Arrays.asList(1, null, List.of()),
                                "array",
                                new Object[] {1, "x"},
                                "uuid",
                                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                                "short",
                                (short) 3),
                        Format.JSON))
                .isEqualTo("{\"s\":\"é/\\u0001\",\"i\":1,\"l\":5000000000,\"d\":1.5,\"f\":0.1,\"n\":null,\"b\":true,"
                        + "\"big\":12345678901234567890,\"dec\":1.10,\"inf\":null,\"list\":[1,null,[]],\"array\":[1,\"x\"],"
                        + "\"uuid\":\"00000000-0000-0000-0000-000000000001\",\"short\":3}");
        assertThat(tree(6, Format.JSON)).isEqualTo("6");
        assertThat(tree(null, Format.JSON)).isEqualTo("null");
        assertThat(tree("text", Format.JSON)).isEqualTo("\"text\"");
    }

    @Test
    void surrogatesWholeAndBroken() throws IOException {
        assertThat(tree("\uD83D\uDE00", Format.JSON)).isEqualToIgnoringCase("\"\\uD83D\\uDE00\"");
        assertThat(tree("a\uD83Db", Format.JSON)).isEqualToIgnoringCase("\"a\\uD83Db\"");
    }

    @Test
    void drainedRowsThatAScriptChanged() throws IOException {
        Content.Tree drained = Drained.of(new Cursor(map("count", 2)));
        Row first = (Row) ((List<?>) ((Map<?, ?>) drained.value()).get("resource")).getFirst();
        first.remove("name");
        first.remove("tree");
        first.put("extra", List.of(1));
        assertThat(write(drained, Format.JSON, Map.of()))
                .startsWith(
                        "{\"resource\":[{\"id\":1,\"real\":120.5,\"price\":1.10,\"ok\":true,\"none\":null,\"extra\":[1]},{\"id\":9223372036854775807,")
                .endsWith("],\"meta\":{\"count\":2}}");
    }

    @Test
    void treesAsXml() throws IOException {
        assertThat(tree(
                        map(
                                "resource",
                                List.of(
                                        map("id", 1, "a b(*)", true, "1x", null),
                                        map("id", 2, "sub", List.of(map("y", "<&>\u0001"))))),
                        Format.XML))
                .isEqualTo(
                        "<?xml version=\"1.0\" ?><dfapi><resource><id>1</id><a_b___>true</a_b___><_1x></_1x></resource>"
                                + "<resource><id>2</id><sub><y>&lt;&amp;&gt;\uFFFD</y></sub></resource></dfapi>");
        assertThat(tree(List.of(1, 2), Format.XML))
                .endsWith("<dfapi><resource>1</resource><resource>2</resource></dfapi>");
        assertThat(tree(6, Format.XML)).endsWith("<dfapi>6</dfapi>");
        assertThat(tree(map("empty", List.of()), Format.XML)).endsWith("<dfapi></dfapi>");
    }

    @Test
    void treesAsCsv() throws IOException {
        assertThat(tree(
                        map(
                                "resource",
                                List.of(map("id", 1, "name", "Ann Vale"), map("name", "x", "id", 2, "more", 3))),
                        Format.CSV))
                .isEqualTo("id,name\n1,\"Ann Vale\"\n2,x\n");
        assertThat(tree(map("id", 1, "ok", true, "no", false, "n", null), Format.CSV))
                .isEqualTo("id,ok,no,n\n1,1,,\n");
        assertThat(tree(map("resource", List.of()), Format.CSV)).isEmpty();
        assertThat(tree(map("resource", List.of("a", "b")), Format.CSV)).isEqualTo("a\nb\n");
        assertThat(tree(map("error", map("code", 400, "message", "No way")), Format.CSV))
                .isEqualTo("code,message\n400,\"No way\"\n");
        assertThat(tree(6, Format.CSV)).isEqualTo("6\n");
    }

    @Test
    void aTreeThatHoldsItselfIsAnError() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        Map<String, Object> ring = map("a", 1);
        ring.put("ring", ring);
        for (Object value : List.of(map("resource", loop), ring)) {
            for (Format format : Format.values()) {
                assertThatThrownBy(() -> tree(map("resource", List.of(map("deep", value))), format))
                        .isInstanceOf(ApiException.class)
                        .hasMessageContaining("too deeply");
            }
        }
    }

    @Test
    void textWithATypeOfItsOwnStaysAsItIs() throws IOException {
        Content.Tree text = new Content.Tree("<b>ä</b>");
        assertThat(write(text, Format.JSON, Map.of("Content-Type", "text/html")))
                .isEqualTo("<b>ä</b>");
        assertThat(write(text, Format.JSON, Map.of("content-type", "application/xml")))
                .isEqualTo("<b>ä</b>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.write(
                new ApiResponse(
                        200, Map.of("Content-Type", "text/plain; charset=iso-8859-1"), text, Format.JSON, false),
                out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("<b>ä</b>");
    }

    @Test
    void aTypeThatWasSetDecidesTheForm() throws IOException {
        assertThat(write(new Content.Tree(map("a", 1)), Format.JSON, Map.of("Content-Type", "text/csv")))
                .isEqualTo("a\n1\n");
    }

    @Test
    void contentTypes() {
        assertThat(type(new Content.Tree(1), Format.JSON, Map.of())).isEqualTo("application/json");
        assertThat(type(new Content.Tree(1), Format.XML, Map.of())).isEqualTo("application/xml");
        assertThat(type(new Content.Tree(1), Format.NDJSON, Map.of())).isEqualTo("application/x-ndjson");
        assertThat(type(new Content.Tree(1), Format.CSV, Map.of())).isEqualTo("text/csv; charset=utf-8");
        assertThat(type(new Content.Tree("x"), Format.JSON, Map.of("content-type", "text/plain")))
                .isEqualTo("text/plain; charset=utf-8");
        Content.Bytes bytes = new Content.Bytes(() -> new ByteArrayInputStream(new byte[0]), 0, "text/css");
        assertThat(type(bytes, Format.JSON, Map.of())).isEqualTo("text/css");
        assertThat(type(bytes, Format.JSON, Map.of("Content-Type", "a/b"))).isEqualTo("a/b");
    }

    private String type(Content content, Format format, Map<String, String> headers) {
        return encoder.contentType(new ApiResponse(200, headers, content, format, false));
    }
}
