package io.sluice.api.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.filter.Filter.Operand;
import io.sluice.api.filter.Filter.Operator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "city=Oslo; EQ; Oslo; false",
                "city = 'Oslo'; EQ; Oslo; true",
                "city=\"Oslo\"; EQ; Oslo; true",
                "city!='Oslo'; NE; Oslo; true",
                "city <> Oslo; NE; Oslo; false",
                "city>=50; GTE; 50; false",
                "city<= 50; LTE; 50; false",
                "city gt 100; GT; 100; false",
                "city GTE 100; GTE; 100; false",
                "city lt 100; LT; 100; false",
                "city lte -1; LTE; -1; false",
                "city eq x; EQ; x; false",
                "city ne x; NE; x; false",
                "city LIKE %abc%; LIKE; %abc%; false",
                "city like Fay O; LIKE; Fay O; false",
                "city like'a=b'; LIKE; a=b; true",
                "city CONTAINS an; CONTAINS; an; false",
                "city contains 'an'; CONTAINS; an; true",
                "city starts with A; STARTS_WITH; A; false",
                "city ends  with  A; ENDS_WITH; A; false",
                "city = ''; EQ; ~~; true",
                "city = 'Fay O''Neil'; EQ; Fay O'Neil; true",
                "city = \"say \"\"hi\"\"\"; EQ; say \"hi\"; true",
                "city = O'Neil; EQ; O'Neil; false",
                "city = Lima, Peru; EQ; Lima, Peru; false",
                "city = Acme (US); EQ; Acme (US); false",
                "city = null; EQ; null; false",
                "city = or; EQ; or; false",
                "city = 'a) and (b'; EQ; a) and (b; true",
                "city = sand; EQ; sand; false",
                "(city = Oslo); EQ; Oslo; false",
                "  ( ( city = Oslo ) )  ; EQ; Oslo; false",
                "city = 2026-01-01 10:00:00; EQ; 2026-01-01 10:00:00; false"
            })
    void readsOneComparison(String text, Operator operator, String value, boolean quoted) {
        assertThat(FilterParser.parse(text))
                .isEqualTo(new Filter.Comparison("city", operator, new Operand.Literal(value, quoted)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1 and b=2 or c=3 | (a=1 and b=2) or (c=3)",
                "a=1 or b=2 and c=3 | (a=1) or (b=2 and c=3)",
                "not a=1 and b=2 | (not (a=1)) and (b=2)",
                "(a=1)and(b=2) | a=1 and b=2",
                "(a=1)or(b=2)or(c=3) | a=1 or b=2 or c=3",
                "a=1&&b=2 | a=1 and b=2",
                "a not like 'x' | not (a like 'x')",
                "a not in (1,2) | not (a in (1,2))",
                "a not between 1 and 2 | not (a between (1,2))",
                "a not contains x | not (a contains x)",
                "a is not null | not (a is null)",
                "a between 2 and 4 and b=1 | (a between (2,4)) and (b=1)",
                "a between 'x and y' and :z | a between ('x and y',:z)",
                "a=1 nor b=2 | not (a=1 or b=2)",
                "a=1 xor b=2 | (a=1 and not b=2) or (not a=1 and b=2)",
                "a=1 or b=2 xor c=3 | a=1 or (b=2 xor c=3)",
                "a=1 AND b=2 Or c=3 | a=1 and b=2 or c=3",
                "state in (or, wa, and) | state in (or,wa,and)",
                "state = or or state = and | (state = or) or (state = and)",
                "a = 'x'and b = 2 | a='x' and b=2"
            })
    void meansTheSame(String text, String other) {
        assertThat(FilterParser.parse(text)).isEqualTo(FilterParser.parse(other));
    }

    @Test
    void symbolsForOr() {
        assertThat(FilterParser.parse("a=1||b=2")).isEqualTo(FilterParser.parse("a=1 or b=2"));
    }

    @Test
    void keepsTheShapeOfNestedGroups() {
        Filter a = equal("a");
        Filter b = equal("b");
        Filter c = equal("c");
        assertThat(FilterParser.parse("(a=1 and b=1) and c=1"))
                .isEqualTo(new Filter.And(List.of(new Filter.And(List.of(a, b)), c)));
        assertThat(FilterParser.parse("a=1 and b=1 and c=1")).isEqualTo(new Filter.And(List.of(a, b, c)));
    }

    @Test
    void readsFiltersOfRealClients() {
        assertThat(FilterParser.parse(
                        "(created_by_id is null) and (name != \"api_docs\") and (type in (\"mysql\",\"pgsql\"))"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.IsNull("created_by_id"),
                        new Filter.Comparison("name", Operator.NE, new Operand.Literal("api_docs", true)),
                        new Filter.In(
                                "type",
                                List.of(new Operand.Literal("mysql", true), new Operand.Literal("pgsql", true))))));
        assertThat(FilterParser.parse("Region is not null")).isEqualTo(new Filter.Not(new Filter.IsNull("Region")));
        assertThat(FilterParser.parse("id in (1,2 , 3)"))
                .isEqualTo(new Filter.In(
                        "id",
                        List.of(
                                new Operand.Literal("1", false),
                                new Operand.Literal("2", false),
                                new Operand.Literal("3", false))));
    }

    @Test
    void namesMayHaveBlanksOrQuotes() {
        assertThat(FilterParser.parse("order date >= 2026"))
                .isEqualTo(new Filter.Comparison("order date", Operator.GTE, new Operand.Literal("2026", false)));
        assertThat(FilterParser.parse("`is` is null")).isEqualTo(new Filter.IsNull("is"));
    }

    @Test
    void readsParameters() {
        assertThat(FilterParser.parse("city=:c"))
                .isEqualTo(new Filter.Comparison("city", Operator.EQ, new Operand.Parameter(":c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "city",
                "city oslo",
                "credit>>",
                "=5",
                "a=",
                "a=1 and",
                "a=1 and ()",
                "and a=1",
                "(a=1",
                "a=1)",
                "a='x",
                "a=1, b=2",
                "a in ()",
                "a in (1,)",
                "a in (1",
                "a between 1",
                "a between (1,2,3)",
                "a is 5",
                "a is not",
                "a not 5",
                "a ! 5",
                "a = (now())",
                "a = (1)",
                "name = salt and pepper",
                "a = 'x' 'y'",
                "a starts A",
                "lower(a) = 'x'",
                "not",
                "a = x (y",
                "a=1 or or b=2"
            })
    void refusesWithThePlace(String text) {
        assertThatThrownBy(() -> FilterParser.parse(text)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.error().status()).isEqualTo(400);
            assertThat(e.error().message())
                    .startsWith("Invalid or unparsable filter request. At character ")
                    .doesNotContain("io.sluice");
        });
    }

    @Test
    void pointsAtTheCharacter() {
        assertThatThrownBy(() -> FilterParser.parse("credit>>"))
                .hasMessage("Invalid or unparsable filter request. At character 8: "
                        + "'>' cannot stand in a value without quotes; put the value in quotes.");
    }

    @Test
    void listsNeedParentheses() {
        assertThatThrownBy(() -> FilterParser.parse("id in 1,2"))
                .hasMessage("Filter value lists must be wrapped in parentheses.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not ", "not(", "a=1 or (", "'", "a ", "a=1 and ", "x(", " ", "a=b (", "or ", "a=or "})
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void longTextsAreRefusedInLinearTime(String piece) {
        String text = piece.repeat(FilterParser.MAX_LENGTH / piece.length());
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> FilterParser.parse(text)).isInstanceOf(ApiException.class);
        }
    }

    @Test
    void holdsItsLimits() {
        assertThatThrownBy(() -> FilterParser.parse("a=" + "x".repeat(FilterParser.MAX_LENGTH)))
                .hasMessageContaining("longer than 65536 characters");
        assertThatThrownBy(() -> FilterParser.parse("a=1" + " or a=1".repeat(FilterParser.MAX_TERMS)))
                .hasMessageContaining("more than 1000 conditions");
        assertThatThrownBy(() -> FilterParser.parse("(".repeat(65) + "a=1" + ")".repeat(65)))
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> FilterParser.parse("a=1" + " xor a=1".repeat(20)))
                .hasMessageContaining("under 'xor'");
        FilterParser.parse("a=1" + " or a=1".repeat(FilterParser.MAX_TERMS - 1));
        FilterParser.parse("(".repeat(64) + "a=1" + ")".repeat(64));
        FilterParser.parse("a in (1" + ",1".repeat(30_000) + ")");
    }

    private static Filter equal(String field) {
        return new Filter.Comparison(field, Operator.EQ, new Operand.Literal("1", false));
    }
}
