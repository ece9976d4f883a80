package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.Draws;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {

    private static Object read(String contentType, String body) {
        return Body.raw(body.getBytes(StandardCharsets.UTF_8), contentType).payload();
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Test
    void readsJsonWithoutLoss() {
        assertThat(read(
                        "application/json; charset=utf-8",
                        "{\"i\":1,\"l\":2147483648,\"b\":9223372036854775808,\"d\":0.10,\"e\":1e3,\"t\":true,\"n\":null,\"s\":\"ä\\u0041\","
                                + "\"a\":[1,[],{}]}"))
                .isEqualTo(map(
                        "i",
                        1,
                        "l",
                        2147483648L,
                        "b",
                        new BigInteger("9223372036854775808"),
                        "d",
                        new BigDecimal("0.10"),
                        "e",
                        new BigDecimal("1E+3"),
                        "t",
                        true,
                        "n",
                        null,
                        "s",
                        "äA",
                        "a",
                        List.of(1, List.of(), Map.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,} | line 1, column 8",
                "{\"a\":tru} | line 1",
                "[1] [2] | line 1, column 5",
                "{ | line 1",
                "'x' | line 1, column 1",
                "[1e999999999] | line 1, column 2",
                "NaN | line 1"
            })
    void saysWhereJsonIsMalformed(String body, String where) {
        assertThatThrownBy(() -> read("application/json", body))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("malformed JSON at " + where)
                .hasMessageNotContaining("jackson")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> read("application/json", "{\n\"a\": 1\n\"b\": 2}"))
                .hasMessageContaining("line 3, column 1");
    }

    @Test
    void refusesDeepJson() {
        assertThatThrownBy(() -> read("application/json", "[".repeat(100_000))).isInstanceOf(ApiException.class);
        assertThat(read("application/json", "[".repeat(150) + "]".repeat(150))).isInstanceOf(List.class);
    }

    @Test
    void readsJsonLines() {
        for (String type : List.of("application/x-ndjson", "application/ndjson; charset=utf-8", "application/jsonl")) {
            assertThat(read(type, "\uFEFF{\"a\":1}\r\n\n{\"a\":0.10,\"b\":\"x\\ny\"}\n \n{\"a\":null}"))
                    .isEqualTo(map(
                            "resource",
                            List.of(map("a", 1), map("a", new BigDecimal("0.10"), "b", "x\ny"), map("a", null))));
        }
        assertThat(read("application/x-ndjson", "\n")).isEqualTo(map("resource", List.of()));
    }

    @Test
    void saysWhichLineIsMalformed() {
        assertThatThrownBy(() -> read("application/x-ndjson", "{\"a\":1}\n\n{\"a\":1\n}\n"))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("Line 3 of the body is malformed JSON at column ");
        assertThatThrownBy(() -> read("application/x-ndjson", "{\"a\":1} {\"a\":2}"))
                .hasMessage("Line 1 of the body is malformed JSON at column 9.");
        assertThatThrownBy(() -> read("application/x-ndjson", "{\"a\":1}\n{\"a\":1,\"a\":2}"))
                .hasMessageStartingWith(
                        "Line 2 of the body holds the name 'a' twice in one object, the second time at column ");
    }

    @Test
    void noBodyIsNoPayload() {
        assertThat(read("application/json", "")).isNull();
        assertThat(read("application/json", "  \n")).isNull();
    }

    @Test
    void readsForms() {
        assertThat(read("application/x-www-form-urlencoded", "a=1&b=x+y%26&c[]=1&c[]=2"))
                .isEqualTo(map("a", "1", "b", "x y&", "c", List.of("1", "2")));
        assertThat(read("application/x-www-form-urlencoded", "{\"a\":1}")).isEqualTo(map("a", 1));
    }

    @Test
    void readsXml() {
        assertThat(read(
                        "application/xml",
                        "<?xml version=\"1.0\"?><dfapi><resource><id>1</id><name>A &amp; B</name><x/></resource>"
                                + "<resource><id>2</id><name><![CDATA[<b>]]></name></resource></dfapi>"))
                .isEqualTo(map(
                        "resource",
                        List.of(map("id", "1", "name", "A & B", "x", null), map("id", "2", "name", "<b>"))));
        assertThat(read("text/xml", "<resource>\n <id>1</id>\n</resource>")).isEqualTo(map("resource", map("id", "1")));
        assertThat(read("text/xml", "<a><b>1</b><b>2</b><b>3</b></a>")).isEqualTo(map("b", List.of("1", "2", "3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY a0 \"xxxxxxxxxx\"><!ENTITY a1 \"&a0;&a0;&a0;\">]><a>&a1;</a>",
                "<a>&x;</a>",
                "<a><b></a>",
                "<a/><b/>",
                "<a",
                "just text"
            })
    void refusesXmlThatIsMalformedOrReachesOut(String body) {
        assertThatThrownBy(() -> read("application/xml", body))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("XML")
                .hasMessageNotContaining("javax")
                .hasMessageNotContaining("root:");
    }

    @Test
    void refusesDeepXml() {
        assertThatThrownBy(() -> read("application/xml", "<a>".repeat(50_000))).isInstanceOf(ApiException.class);
    }

    @Test
    void readsCsv() {
        assertThat(read("text/csv", "id,name,note\r\n1,\"Vale, Ann\",\"say \"\"hi\"\"\nthere\"\r\n\r\n2,,\"\"\n"))
                .isEqualTo(map(
                        "resource",
                        Arrays.asList(
                                map("id", "1", "name", "Vale, Ann", "note", "say \"hi\"\nthere"),
                                map("id", "2", "name", null, "note", ""))));
        assertThat(read("text/csv", "id\n")).isEqualTo(map("resource", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'id,name\n1\n' | Line 2 of the CSV has 1 values",
                "'id,name\n1,2\n1,2,3' | Line 3 of the CSV has 3 values",
                "'id\n\"x' | opens a quote in line 2",
                "'id\n\"x\"y' | Line 2 of the CSV goes on after a closing quote"
            })
    void saysWhereCsvIsMalformed(String body, String message) {
        assertThatThrownBy(() -> read("text/csv", body))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsText() {
        assertThat(read("text/plain", "{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(Body.raw(new byte[] {(byte) 0xe4}, "text/plain; charset=ISO-8859-1")
                        .payload())
                .isEqualTo("ä");
        assertThatThrownBy(() -> read("text/plain; charset=klingon", "x")).isInstanceOf(ApiException.class);
    }

    @Test
    void guessesWhatIsNotNamed() {
        assertThat(read("", " {\"a\":1}")).isEqualTo(map("a", 1));
        assertThat(read("application/octet-stream", "[1]")).isEqualTo(List.of(1));
        assertThat(read("", "\uFEFF<a><b>1</b></a>")).isEqualTo(map("b", "1"));
        assertThat(read("", "a,b\n1,2\n")).isEqualTo(map("resource", List.of(map("a", "1", "b", "2"))));
        assertThat(read("", "12")).isEqualTo(12);
        assertThatThrownBy(() -> read("", "hello there")).hasMessage("Unrecognized payload type");
        assertThatThrownBy(() -> read("image/png", "\u0089PNG, \0\n")).hasMessage("Unrecognized payload type");
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Draws.times(1_000, draw -> {
            byte[] bytes =
                    draw.from(() -> draw.bytes(200), () -> draw.text(0, 80).getBytes(StandardCharsets.UTF_8));
            for (String type : List.of(
                    "", "application/json", "application/xml", "text/csv", "application/x-www-form-urlencoded")) {
                try {
                    Body.raw(bytes, type).payload();
                } catch (ApiException e) {
                    assertThat(e.error().status()).isEqualTo(400);
                }
            }
        });
    }
}
