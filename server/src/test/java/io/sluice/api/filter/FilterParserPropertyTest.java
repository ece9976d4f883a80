package io.sluice.api.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.filter.Filter.Operand;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilterParserPropertyTest {

    @Property
    void aFilterWrittenAsTextParsesToTheSameFilter(@ForAll("filters") Filter filter) {
        assertThat(FilterParser.parse(FilterText.of(filter))).isEqualTo(filter);
    }

    @Property
    void anyTextParsesOrIsABadRequest(@ForAll("texts") String text) {
        try {
            Filter filter = FilterParser.parse(text);
            assertThat(FilterParser.parse(FilterText.of(filter))).isEqualTo(filter);
        } catch (ApiException e) {
            assertThat(e.error().status()).isEqualTo(400);
            assertThat(e.error().message()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<Filter> filters() {
        return Arbitraries.lazyOf(
                this::comparisons,
                this::comparisons,
                () -> field().map(Filter.IsNull::new),
                () -> Combinators.combine(field(), operand().list().ofMinSize(1).ofMaxSize(4))
                        .as(Filter.In::new),
                () -> Combinators.combine(field(), operand(), operand()).as(Filter.Between::new),
                () -> filters().map(Filter.Not::new),
                () -> filters().list().ofMinSize(2).ofMaxSize(3).map(Filter.And::new),
                () -> filters().list().ofMinSize(2).ofMaxSize(3).map(Filter.Or::new));
    }

    private Arbitrary<Filter> comparisons() {
        return Combinators.combine(field(), Arbitraries.of(Filter.Operator.values()), operand())
                .as(Filter.Comparison::new);
    }

    private Arbitrary<String> field() {
        return Arbitraries.oneOf(
                Arbitraries.of("id", "city", "order date", "or", "näme"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8));
    }

    private Arbitrary<Operand> operand() {
        Arbitrary<Operand> quoted = Arbitraries.strings().ofMaxLength(12).map(text -> new Operand.Literal(text, true));
        Arbitrary<Operand> bare = Arbitraries.of(
                        "1",
                        "-2.5",
                        "Oslo",
                        "Fay O",
                        "O'Neil",
                        "%a_b%",
                        "2026-01-01 10:00",
                        "Acme (US)",
                        "android",
                        "R&D")
                .map(text -> new Operand.Literal(text, false));
        Arbitrary<Operand> parameter = Arbitraries.of(":c", ":min_1").map(Operand.Parameter::new);
        return Arbitraries.oneOf(quoted, bare, parameter);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
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
                        ")or(")
                .list()
                .ofMaxSize(30)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(60));
    }
}
