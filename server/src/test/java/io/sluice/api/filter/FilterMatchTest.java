package io.sluice.api.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterMatchTest {
    private static final Map<String, Object> RECORD = record();

    private static Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", 7);
        record.put("name", "Fay O'Neil");
        record.put("credit", new BigDecimal("120.50"));
        record.put("is_active", true);
        record.put("city", null);
        record.put("Type", "local_file");
        return record;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 7",
                "id=7.0",
                "id='7'",
                "ID = 7",
                "id > 6",
                "id between 7 and 8",
                "id in (1, 7)",
                "id not in (1,2)",
                "credit = 120.5",
                "credit >= 120.50",
                "credit lt 1000",
                "is_active = true",
                "is_active = 1",
                "is_active=yes",
                "is_active != false",
                "name = 'Fay O''Neil'",
                "name like 'fay%'",
                "name like '%o_neil'",
                "name contains NEI",
                "name starts with fay",
                "name ends with NEIL",
                "name not like '%x%'",
                "city is null",
                "name is not null",
                "type = local_file",
                "type like local\\_file",
                "not (id = 8)",
                "id = 8 or id = 7",
                "city = x or id = 7",
                "not (city = x and id = 8)"
            })
    void fits(String filter) {
        assertThat(FilterMatch.matches(FilterParser.parse(filter), RECORD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 8",
                "id = seven",
                "id < 7",
                "city = x",
                "city != x",
                "not (city = x)",
                "city in (x)",
                "city not in (x)",
                "city not like '%x%'",
                "name = 'fay o''neil'",
                "is_active = false",
                "name like 'fay'",
                "name like 'fay_'",
                "id is null",
                "city is not null",
                "id = 7 and city = x",
                "not (city = x or id = 8)",
                "id between 8 and 9"
            })
    void doesNotFit(String filter) {
        assertThat(FilterMatch.matches(FilterParser.parse(filter), RECORD)).isFalse();
    }

    @Test
    void bindsParameters() {
        Filter filter = FilterParser.parse("id = :id");
        assertThat(FilterMatch.of(filter, List.of("id"), Map.of(":id", 7)).test(RECORD))
                .isTrue();
        assertThat(FilterMatch.of(filter, List.of("id"), Map.of()).test(RECORD)).isFalse();
    }

    @Test
    void namesTheUnknownFieldEvenWithoutRecords() {
        assertThatThrownBy(() -> FilterMatch.of(FilterParser.parse("id=1 or nosuch=1"), List.of("id"), Map.of()))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid or unparsable field in filter request: 'nosuch'");
    }
}
