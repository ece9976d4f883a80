package io.sluice.api.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.filter.Filter.Operand;
import io.sluice.testing.Draws;
import org.junit.jupiter.api.Test;

class FilterParserPropertyTest {
    private static final String[] PIECES = {
        "a",
        "b1",
        "city",
        " ",
        " ",
        "(",
        ")",
        ",",
        "'",
        "\"",
        "''",
        "`",
        "=",
        "<",
        ">",
        ">=",
        "!",
        "!=",
        "&",
        "&&",
        "|",
        "||",
        " and ",
        " or ",
        "xor",
        " nor ",
        "not ",
        " in ",
        " is ",
        "null",
        " like ",
        " between ",
        "starts",
        " with ",
        ":p",
        "%",
        "\\",
        "\u0000",
        "é",
        "\uD83D",
        "in(",
        "and(",
        ")or("
    };
    private static final String[] BARE = {
        "1", "-2.5", "Oslo", "Fay O", "O'Neil", "%a_b%", "2026-01-01 10:00", "Acme (US)", "android", "R&D"
    };

    @Test
    void aFilterWrittenAsTextParsesToTheSameFilter() {
        Draws.times(2_000, draw -> {
            Filter filter = filter(draw, 4);
            assertThat(FilterParser.parse(FilterText.of(filter))).isEqualTo(filter);
        });
    }

    @Test
    void anyTextParsesOrIsABadRequest() {
        Draws.times(5_000, draw -> {
            String text =
                    draw.from(() -> String.join("", draw.list(0, 30, () -> draw.of(PIECES))), () -> draw.text(0, 60));
            try {
                Filter filter = FilterParser.parse(text);
                assertThat(FilterParser.parse(FilterText.of(filter))).isEqualTo(filter);
            } catch (ApiException e) {
                assertThat(e.error().status()).isEqualTo(400);
                assertThat(e.error().message()).isNotBlank();
            }
        });
    }

    private static Filter filter(Draws draw, int depth) {
        if (depth == 0) {
            return comparison(draw);
        }
        return draw.<Filter>from(
                () -> comparison(draw),
                () -> comparison(draw),
                () -> new Filter.IsNull(field(draw)),
                () -> new Filter.In(field(draw), draw.list(1, 4, () -> operand(draw))),
                () -> new Filter.Between(field(draw), operand(draw), operand(draw)),
                () -> new Filter.Not(filter(draw, depth - 1)),
                () -> new Filter.And(draw.list(2, 3, () -> filter(draw, depth - 1))),
                () -> new Filter.Or(draw.list(2, 3, () -> filter(draw, depth - 1))));
    }

    private static Filter comparison(Draws draw) {
        return new Filter.Comparison(field(draw), draw.of(Filter.Operator.values()), operand(draw));
    }

    private static String field(Draws draw) {
        return draw.from(() -> draw.of("id", "city", "order date", "or", "näme"), () -> draw.text(1, 8));
    }

    private static Operand operand(Draws draw) {
        return draw.<Operand>from(
                () -> new Operand.Literal(draw.text(0, 12), true),
                () -> new Operand.Literal(draw.of(BARE), false),
                () -> new Operand.Parameter(draw.of(":c", ":min_1")));
    }
}
