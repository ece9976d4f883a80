package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row rules of roles, in every plan. */
abstract class RowRuleContract extends WritingContract {
    // row rules

    static RowRule rule(String field, String operator, Object value) {
        return new RowRule(List.of(new RowRule.Condition(field, operator, value)), false);
    }

    @Test
    void rowRulesHoldInEveryRead() {
        SqlApi ruled = api.ruled(rule("city", "=", "Oslo"));
        is(ruled.get("_table/customer?fields=id&order=id"), "{`resource`:[{`id`:1},{`id`:4}]}");
        is(ruled.get("_table/customer?fields=id&order=id&filter=(id=2) or (id=1)"), "{`resource`:[{`id`:1}]}");
        is(ruled.get("_table/customer?fields=id&filter=id=2"), "{`resource`:[]}");
        is(ruled.get("_table/customer?count_only=true"), "2");
        is(
                ruled.get("_table/customer?fields=id&limit=1&include_count=true&order=id"),
                "{`resource`:[{`id`:1}],`meta`:{`count`:2,`next`:1}}");
        is(
                ruled.get("_table/customer?fields=city,COUNT(*)&group=city"),
                "{`resource`:[{`city`:`Oslo`,`COUNT_ALL`:2}]}");
        is(ruled.get("_table/customer?fields=city&distinct=true"), "{`resource`:[{`city`:`Oslo`}]}");
        is(ruled.get("_table/customer?as_list=true&order=id"), "{`resource`:[1,4]}");
        assertThat(ruled.failure(Verb.GET, "_table/customer/2", null))
                .isEqualTo("404 Record with identifier '2' not found.");
        assertThat(ruled.failure(Verb.GET, "_table/customer/bo@example.com?id_field=email", null))
                .startsWith("404 ");
        assertThat(ruled.fails(Verb.GET, "_table/customer?ids=1,2", null).toString())
                .contains("identifier '2' not found");
    }

    @Test
    void rowRulesHoldInEveryWrite() {
        SqlApi ruled = api.ruled(rule("city", "=", "Oslo"));
        String denied = "Denied access to some of the requested fields.";
        assertThat(ruled.failure(Verb.PATCH, "_table/customer/2", "{`credit`:1}"))
                .startsWith("404 ");
        assertThat(ruled.failure(Verb.PATCH, "_table/customer/1", "{`city`:`Lima`}"))
                .isEqualTo("403 " + denied);
        is(ruled.patch("_table/customer/1", "{`credit`:1}"), "{`id`:1}");
        assertThat(ruled.fails(Verb.PATCH, "_table/customer?ids=1,2", "[{`credit`:2}]")
                        .toString())
                .contains("identifier '2' not found");
        assertThat(ruled.fails(Verb.PATCH, "_table/customer", "[{`id`:2,`credit`:2}]")
                        .toString())
                .contains("identifier '2' not found");
        assertThat(ruled.patch("_table/customer?filter=id>0&fields=id", "[{`credit`:3}]"))
                .isIn(SqlApi.json("{`resource`:[{`id`:1},{`id`:4}]}"), SqlApi.json("{`resource`:[{`id`:4},{`id`:1}]}"));
        assertThat(ruled.failure(Verb.PATCH, "_table/customer?filter=id>0", "[{`city`:`Lima`}]"))
                .isEqualTo("403 " + denied);
        assertThat(ruled.fails(Verb.POST, "_table/customer", "[{`name`:`X`,`city`:`Lima`}]")
                        .toString())
                .contains(denied);
        assertThat(ruled.fails(Verb.POST, "_table/customer", "[{`name`:`X`}]").toString())
                .contains(denied);
        is(ruled.post("_table/customer?fields=city", "[{`name`:`X`,`city`:`Oslo`}]"), "{`resource`:[{`city`:`Oslo`}]}");
        is(
                api.get("_table/customer?fields=name&filter=credit=3&order=id"),
                "{`resource`:[{`name`:`Ann Vale`},{`name`:`Di Moss`}]}");
        is(api.get("_table/customer?count_only=true"), "7");
    }

    @Test
    void rowRulesHoldInEveryDelete() {
        api.post("_table/note", "[{`body`:`mine`},{`body`:`yours`},{`body`:`mine`},{`body`:`mine`}]");
        SqlApi ruled = api.ruled(rule("body", "=", "mine"));
        assertThat(ruled.failure(Verb.DELETE, "_table/note/2", null)).startsWith("404 ");
        assertThat(ruled.fails(Verb.DELETE, "_table/note?ids=2", null).toString())
                .contains("not found");
        assertThat(ruled.fails(Verb.DELETE, "_table/note", "[{`id`:2}]").toString())
                .contains("not found");
        is(ruled.delete("_table/note?filter=id<4"), "{`resource`:[{`id`:1},{`id`:3}]}");
        is(ruled.delete("_table/note?force=true"), "{`success`:true}");
        is(api.get("_table/note?fields=body"), "{`resource`:[{`body`:`yours`}]}");
    }

    @Test
    void rowRulesOfEveryOperator() {
        String all = "{`resource`:[{`id`:1},{`id`:4}]}";
        for (RowRule rule : List.of(
                rule("city", "in", "Oslo,Bergen"),
                rule("city", "in", List.of("Oslo")),
                rule("city", "starts with", "Os"),
                rule("city", "ends with", "lo"),
                rule("city", "contains", "sl"),
                rule("id", "in", "(1, 4)"),
                rule("credit", ">", "100"),
                new RowRule(
                        List.of(new RowRule.Condition("id", "=", 1), new RowRule.Condition("id", "=", "4")), true))) {
            is(api.ruled(rule).get("_table/customer?fields=id&order=id"), all);
        }
        is(api.ruled(rule("city", "is null", "")).get("_table/customer?fields=id"), "{`resource`:[{`id`:3}]}");
        is(api.ruled(rule("city", "not in", "Oslo,Lima")).get("_table/customer?fields=id"), "{`resource`:[{`id`:5}]}");
    }

    @Test
    void aRuleThatCannotBeReadHidesEverything() {
        for (RowRule rule : List.of(
                rule("nosuch", "=", "x"),
                rule("id", "=", "abc"),
                rule("id", "sounds like", "1"),
                rule("id", "not in", "1,abc"))) {
            is(api.ruled(rule).get("_table/customer"), "{`resource`:[]}");
        }
    }

    @Test
    void anotherSpellingOfATableIsCheckedByItsRealName() {
        Rights others = new Rights() {
            @Override
            public int mask(String component) {
                return component.equals("_table/customer") ? 0 : 31;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.empty();
            }
        };
        assertThat(api.with(others).failure(Verb.GET, "_table/CUSTOMER", null))
                .isEqualTo(
                        "403 Access Forbidden. GET access to component '_table/customer' of service 'sample' is not allowed by this user's role.");
        assertThat(api.with(others).get("_table?as_list=true").toString()).doesNotContain("customer,");
    }
}
