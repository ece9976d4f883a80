package io.sluice.service.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.filter.Filter;
import io.sluice.api.filter.Filter.Operand.Literal;
import io.sluice.api.filter.Filter.Operand.Parameter;
import io.sluice.api.filter.Filter.Operator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFilterTest {
    private static final Map<String, Object> ROW = new HashMap<>(
            Map.of("id", 12L, "name", "Sales_DB", "is_active", true, "created_date", "2026-05-01 10:00:00"));

    static {
        ROW.put("note", null);
    }

    private static boolean fits(Filter filter) {
        return new RecordFilter(filter, Map.of(":min", 5)).test(ROW);
    }

    private static Filter compare(String field, Operator operator, String text) {
        return new Filter.Comparison(field, operator, new Literal(text, true));
    }

    @ParameterizedTest
    @CsvSource({
        "id, EQ, 12, true",
        "id, EQ, 12.0, true",
        "id, GT, 9, true",
        "id, LT, 9, false",
        "id, LTE, 12, true",
        "id, GTE, 13, false",
        "id, NE, 13, true",
        "name, EQ, sales_db, true",
        "name, NE, sales_db, false",
        "name, LIKE, sales%, true",
        "name, LIKE, s_les%b, true",
        "name, LIKE, %x%, false",
        "name, LIKE, %_d%, true",
        "name, CONTAINS, ES_, true",
        "name, CONTAINS, %, false",
        "name, STARTS_WITH, sal, true",
        "name, ENDS_WITH, _db, true",
        "name, GT, aaa, true",
        "is_active, EQ, true, true",
        "is_active, EQ, 1, true",
        "is_active, EQ, 0, false",
        "created_date, GTE, 2026-05-01, true",
        "note, EQ, x, false",
        "note, NE, x, false",
    })
    void comparesByTheKindOfTheValue(String field, Operator operator, String text, boolean fits) {
        assertThat(fits(compare(field, operator, text))).isEqualTo(fits);
    }

    @Test
    void connectsAndTurnsRound() {
        Filter yes = compare("id", Operator.EQ, "12");
        Filter no = compare("id", Operator.EQ, "13");
        Filter unknown = compare("note", Operator.EQ, "x");
        assertThat(fits(new Filter.And(List.of(yes, yes)))).isTrue();
        assertThat(fits(new Filter.And(List.of(yes, no)))).isFalse();
        assertThat(fits(new Filter.Or(List.of(no, yes)))).isTrue();
        assertThat(fits(new Filter.Or(List.of(no, no)))).isFalse();
        assertThat(fits(new Filter.Not(no))).isTrue();
        assertThat(fits(new Filter.Not(unknown))).isFalse();
        assertThat(fits(new Filter.Or(List.of(unknown, yes)))).isTrue();
        assertThat(fits(new Filter.Not(new Filter.And(List.of(unknown, no))))).isTrue();
    }

    @Test
    void knowsListsRangesNothingAndParameters() {
        assertThat(fits(new Filter.In("id", List.of(new Literal("1", false), new Literal("12", false)))))
                .isTrue();
        assertThat(fits(new Filter.In("id", List.of(new Literal("1", false))))).isFalse();
        assertThat(fits(new Filter.Between("id", new Literal("12", false), new Literal("20", false))))
                .isTrue();
        assertThat(fits(new Filter.Between("id", new Literal("13", false), new Literal("20", false))))
                .isFalse();
        assertThat(fits(new Filter.IsNull("note"))).isTrue();
        assertThat(fits(new Filter.IsNull("name"))).isFalse();
        assertThat(fits(new Filter.Comparison("id", Operator.GT, new Parameter(":min"))))
                .isTrue();
        assertThat(fits(new Filter.Comparison("name", Operator.EQ, new Parameter(":none"))))
                .isFalse();
    }

    @Test
    void aFieldThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> fits(compare("nosuch", Operator.EQ, "1"))).hasMessageContaining("'nosuch'");
    }
}
