package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluation of rest-api.md 4.8. A row is {@code service:component:verbs[:requestors]}; the call is of service 1. */
class RoleRulesTest {
    private static RoleRules role(boolean active, String rows) {
        return new RoleRules(
                7,
                "role",
                active,
                Arrays.stream(rows.split(" "))
                        .filter(row -> !row.isEmpty())
                        .map(RoleRulesTest::row)
                        .toList());
    }

    private static RoleRules.Row row(String text) {
        String[] parts = text.split(":");
        return new RoleRules.Row(
                parts[0].equals("all") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(parts[0])),
                RoleRules.normal(parts[1]),
                Integer.parseInt(parts[2]),
                parts.length > 3 ? Integer.parseInt(parts[3]) : 1,
                List.of(new RoleRules.RowFilter(text, "=", "x")),
                false);
    }

    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # exact
            1:_table/contact:1                       | _table/contact          | 1
            1:_table/contact:1                       | _table/contact/5        | 0
            1:_table/contact:1                       | _TABLE/Contact          | 1
            1:_Table/Contact/:1                      | _table/contact          | 1
            1:_table/contact:1                       | /_table/contact/        | 1
            1::1                                     | ''                      | 1
            1::1                                     | _table                  | 0
            2:_table/contact:1                       | _table/contact          | 0
            # wildcard
            1:_table/contact/*:1                     | _table/contact          | 1
            1:_table/contact/*:1                     | _table/contact/5        | 1
            1:_table/contact/*:1                     | _table/contact/5/x      | 1
            1:_table/contact/*:1                     | _table/contacts         | 0
            1:_table/*:1                             | _table/contact          | 1
            1:_table/*:1                             | _table                  | 1
            1:_table/*:1                             | ''                      | 0
            1:_table/con*:1                          | _table/contact          | 1
            1:*:1                                    | _table/contact          | 1
            1:*:1                                    | ''                      | 1
            1:*/contact:1                            | _table/contact          | 0
            1:_table/*/x:1                           | _table/contact/x        | 0
            # masks in one bucket are joined
            1:_table/*:1 1:*:2                       | _table/contact          | 3
            1:_table/secret/*:0 1:*:1                | _table/secret           | 1
            1:_table/contact:1 1:_table/contact:2    | _table/contact          | 3
            # the first bucket that holds a row decides
            1:_table/contact:1 1:_table/*:31         | _table/contact          | 1
            1:_table/contact:0 1:*:31 all:*:31       | _table/contact          | 0
            1:_table/*:0 all:*:31                    | _table/contact          | 0
            1:*:1 all:*:31                           | ''                      | 1
            1:_table/other/*:1 all:*:31              | _table/contact          | 31
            # all services
            all:*:5                                  | _table/contact          | 5
            all:*:5                                  | ''                      | 5
            all::5                                   | ''                      | 5
            all::5                                   | _table/contact          | 0
            all:_table/*:5                           | _table/contact          | 0
            # requestors
            1:_table/*:1:2                           | _table/contact          | 0
            1:_table/*:1:3                           | _table/contact          | 1
            1:_table/contact:1:2 1:*:2:1             | _table/contact          | 2
            # parentheses
            1:_proc/p/*:1                            | _proc/p(1,2)            | 1
            1:_proc/p:1                              | _proc/p(1,2)            | 1
            1:_proc/p:0 1:_proc/*:1                  | _proc/p(                | 0
            1:_proc/p:0 1:_proc/*:1                  | _proc/p()x              | 0
            1:_proc/p:0 1:_proc/*:1                  | _proc/p(a)b)            | 0
            1:_proc/p:0 1:_proc/*:1                  | /_proc/p(a/b)           | 0
            # nothing
            ''                                       | _table/contact          | 0
            """)
    void theFirstBucketThatHoldsARowDecides(String rows, String component, int mask) {
        assertThat(role(true, rows).mask(OptionalLong.of(1), component, 1)).isEqualTo(mask);
    }

    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            1:_table/secret:0      | _table/secret | true
            1:_table/secret/*:1    | _table/Secret | true
            1:_table/sec*:1        | _table/secret | true
            1:_table/*:31          | _table/secret | false
            1:*:31                 | _table/secret | false
            all:*:31               | _table/secret | false
            2:_table/secret:1      | _table/secret | false
            1:_table/secret:1:2    | _table/secret | false
            """)
    void someRowsNameATable(String rows, String component, boolean named) {
        assertThat(role(true, rows).names(OptionalLong.of(1), component, 1)).isEqualTo(named);
    }

    @Test
    void anInactiveRoleAllowsNothing() {
        assertThat(role(false, "1:*:31 all:*:31").mask(OptionalLong.of(1), "_table/a", 1))
                .isZero();
        assertThat(role(false, "1:*:31").reaches(OptionalLong.of(1), 1)).isFalse();
    }

    @Test
    void aServiceThatDoesNotExistIsReachedByRowsForAllServicesOnly() {
        assertThat(role(true, "1:*:31").mask(OptionalLong.empty(), "x", 1)).isZero();
        assertThat(role(true, "all:*:1").mask(OptionalLong.empty(), "x", 1)).isEqualTo(1);
    }

    @Test
    void scriptsHaveTheirOwnBit() {
        RoleRules role = role(true, "1:_table/*:1:2");
        assertThat(role.mask(OptionalLong.of(1), "_table/a", 2)).isEqualTo(1);
        assertThat(role.reaches(OptionalLong.of(1), 1)).isFalse();
        assertThat(role.reaches(OptionalLong.of(1), 2)).isTrue();
    }

    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            1:_table/orders:1 1:_table/orders/*:1 1:*:1   | _table/orders   | 1:_table/orders:1
            1:_table/orders/*:1 1:*:1                     | _table/orders   | 1:_table/orders/*:1
            1:_table/orders/*:1 1:*:1                     | _table/orders/5 | 1:_table/orders/*:1
            1:_table/orders/*:1 1:_table/*:1              | _table/orders   | 1:_table/*:1
            1:_table/orders/*:2 1:*:1                     | _table/orders   | 1:*:1
            1:_table/orders/*:1:2 1:*:1                   | _table/orders   | 1:*:1
            all:*:1                                       | _table/orders   |
            2:_table/orders:1                             | _table/orders   |
            """)
    void oneRowGivesTheRowFilters(String rows, String component, String chosen) {
        assertThat(role(true, rows)
                        .filtering(OptionalLong.of(1), component, 1, 1)
                        .map(row -> row.filters().getFirst().field()))
                .isEqualTo(java.util.Optional.ofNullable(chosen));
    }

    @Test
    void aStoredRowIsReadAsItIs() {
        Map<String, Object> role = Map.of("id", 3L, "name", "reader", "is_active", true);
        RoleRules read = RoleRules.of(
                role,
                List.of(Map.of(
                        "service_id",
                        1L,
                        "component",
                        "_table/Orders/*",
                        "verb_mask",
                        1L,
                        "requestor_mask",
                        3L,
                        "filters",
                        List.of(Map.of("name", "status", "operator", "=", "value", "paid")),
                        "filter_op",
                        "OR")));
        RoleRules.Row row = read.rows().getFirst();
        assertThat(row.component()).isEqualTo("_table/orders/*");
        assertThat(row.any()).isTrue();
        assertThat(row.filters()).containsExactly(new RoleRules.RowFilter("status", "=", "paid"));
    }
}
