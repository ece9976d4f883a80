package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A corpus of injections in every place where a caller's text can stand. Whatever the place: no table changes, no failure of the
 * database shows, nobody sees a row that their role hides; and where text is data, it is stored as it is.
 */
abstract class InjectionContract extends InjectionAttempts {
    private void read(Map<String, ?> options, String injected) {
        call(ruled, Verb.GET, List.of("_table", "customer"), options, null, injected);
    }

    private void unchanged(Map<String, Object> before, String injected) {
        assertThat(everything()).as("after %s", injected).isEqualTo(before);
    }

    @Test
    void the_corpus_is_large() {
        assertThat(InjectionCorpus.TEXTS).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void options_of_reads() {
        Map<String, Object> before = everything();
        for (String text : InjectionCorpus.TEXTS) {
            read(Map.of("filter", text), text);
            for (String filter : List.of(
                    "name = X",
                    "name = 'X'",
                    "name = \"X\"",
                    "id = X",
                    "id = 'X'",
                    "X = 1",
                    "\"X\" = 1",
                    "id in (X)",
                    "name in ('a','X')",
                    "name like X",
                    "name contains 'X'",
                    "name between 'X' and 'X'",
                    "(name = X) and (id = 1)",
                    "not X",
                    "city.X = 1",
                    "customer_by_id.X = 'X'")) {
                read(Map.of("filter", filter.replace("X", text)), text);
            }
            read(Map.of("filter", "name = :p or id = :q", "params", Map.of(":p", text, ":q", text)), text);
            read(Map.of("filter", "name = :p", "params", text), text);
            read(Map.of("filter", "name in (:p)", "params", Map.of("p", List.of(text, text))), text);
            for (String option : List.of(
                    "order",
                    "group",
                    "fields",
                    "ids",
                    "id_field",
                    "limit",
                    "offset",
                    "related",
                    "distinct",
                    "count_only",
                    "include_count",
                    "as_list",
                    "include_schema",
                    "having",
                    "orders_by_customer_id.fields",
                    "orders_by_customer_id.order",
                    "orders_by_customer_id.filter",
                    "orders_by_customer_id.limit",
                    "orders_by_customer_id_order",
                    "tag_by_customer_tag.fields")) {
                Map<String, Object> options =
                        new HashMap<>(Map.of("related", "orders_by_customer_id,tag_by_customer_tag"));
                options.put(option, text);
                read(options, text);
            }
            read(Map.of("order", "id " + text), text);
            read(Map.of("order", "id asc nulls " + text), text);
            read(Map.of("fields", "id," + text + ",name"), text);
            read(Map.of("fields", "city,MAX(" + text + ")", "group", "city"), text);
            read(Map.of("fields", text + "(id)", "group", "city"), text);
            read(Map.of("ids", text, "id_field", "email"), text);
            read(Map.of("ids", "1", "id_field", "id," + text), text);
        }
        unchanged(before, "all reads");
    }

    @Test
    void names_and_identifiers_in_the_address() {
        Map<String, Object> before = everything();
        for (String text : InjectionCorpus.TEXTS) {
            for (String root : List.of("_table", "_schema", "_proc", "_func")) {
                call(ruled, Verb.GET, List.of(root, text), Map.of(), null, text);
                call(ruled, Verb.GET, List.of(root, "customer" + text), Map.of(), null, text);
            }
            call(ruled, Verb.GET, List.of(text), Map.of(), null, text);
            call(ruled, Verb.GET, List.of("_schema", "customer", text), Map.of(), null, text);
            call(ruled, Verb.GET, List.of("_schema", "customer", "_field", text), Map.of(), null, text);
            call(ruled, Verb.GET, List.of("_schema", "customer", "_related", text), Map.of(), null, text);
            for (Verb verb : Verb.values()) {
                if (!text.isBlank() && verb != Verb.POST) {
                    Object body = verb == Verb.GET || verb == Verb.DELETE ? null : Map.of("city", "Rome");
                    call(ruled, verb, List.of("_table", "customer", text), Map.of(), body, text);
                    call(ruled, verb, List.of("_table", "customer", "2 " + text), Map.of(), body, text);
                    call(ruled, verb, List.of("_table", "customer", text), Map.of("id_field", "email"), body, text);
                }
                call(ruled, verb, List.of("_table", text), Map.of(), List.of(Map.of("id", 1, "name", "x")), text);
            }
        }
        unchanged(before, "all addresses");
    }

    @Test
    void which_records_are_changed_or_deleted() {
        Map<String, Object> before = everything();
        for (String text : InjectionCorpus.TEXTS) {
            for (Verb verb : List.of(Verb.PATCH, Verb.DELETE)) {
                Object body = verb == Verb.DELETE ? null : List.of(Map.of("city", "Rome"));
                call(
                        ruled,
                        verb,
                        List.of("_table", "customer"),
                        Map.of("ids", "2," + text, "rollback", "true"),
                        body,
                        text);
                call(ruled, verb, List.of("_table", "customer"), Map.of("filter", "name = '" + text + "'"), body, text);
                call(
                        ruled,
                        verb,
                        List.of("_table", "customer"),
                        Map.of("filter", "name = " + text + " and id = 2"),
                        body,
                        text);
                call(ruled, verb, List.of("_table", "customer"), Map.of("filter", "id = 2 and " + text), body, text);
                call(ruled, verb, List.of("_table", "customer"), Map.of("ids", "nobody", "id_field", text), body, text);
                call(
                        ruled,
                        verb,
                        List.of("_table", "note"),
                        Map.of("filter", "body = :p", "params", Map.of(":p", text)),
                        body,
                        text);
            }
            call(
                    ruled,
                    Verb.PATCH,
                    List.of("_table", "customer"),
                    Map.of("rollback", "true"),
                    List.of(Map.of("id", text, "city", "Rome")),
                    text);
            call(
                    ruled,
                    Verb.DELETE,
                    List.of("_table", "customer"),
                    Map.of("rollback", "true"),
                    List.of(Map.of("id", text)),
                    text);
        }
        unchanged(before, "all writes");
    }

    @Test
    void text_is_stored_as_it_is() {
        for (String text : InjectionCorpus.TEXTS) {
            Optional<Object> made = call(
                    api,
                    Verb.POST,
                    List.of("_table", "note"),
                    Map.of("fields", "body"),
                    List.of(Map.of("body", text, "zz" + text, "x")),
                    text);
            boolean anyDatabaseCanHoldIt = text.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000 || c == 0);
            if (anyDatabaseCanHoldIt) {
                assertThat(made).as(text).isPresent();
                Map<?, ?> row = (Map<?, ?>) ((List<?>) ((Map<?, ?>) made.get()).get("resource")).getFirst();
                assertThat(row.get("body")).isEqualTo(text);
            }
            call(
                    api,
                    Verb.PATCH,
                    List.of("_table", "note"),
                    Map.of("filter", "id > 0"),
                    List.of(Map.of("body", text, "zz" + text, "x")),
                    text);
            call(
                    api,
                    Verb.POST,
                    List.of("_table", "customer"),
                    Map.of("rollback", "true"),
                    List.of(Map.of("name", "x", "credit", text, "active", text, "created_at", text), Map.of()),
                    text);
            call(
                    api,
                    Verb.POST,
                    List.of("_table", "note"),
                    Map.of("rollback", "true"),
                    List.of(Map.of("body", Map.of("expression", text)), Map.of()),
                    text);
            call(api, Verb.DELETE, List.of("_table", "note"), Map.of("force", "true"), null, text);
        }
        assertThat(((List<?>) ((Map<?, ?>) api.get("_table/customer")).get("resource")))
                .hasSize(6);
    }

    @Test
    void names_and_texts_of_new_tables() {
        Map<String, Object> before = everything();
        for (String text : InjectionCorpus.TEXTS) {
            Map<String, Object> id = Map.of("name", "id", "type", "id");
            List<Map<String, Object>> tables = new ArrayList<>();
            tables.add(Map.of("name", text, "field", List.of(id)));
            tables.add(Map.of("name", "inj", "field", List.of(id, Map.of("name", text, "type", "string"))));
            tables.add(Map.of(
                    "name",
                    "inj",
                    "description",
                    text,
                    "label",
                    text,
                    "field",
                    List.of(
                            id,
                            Map.of(
                                    "name",
                                    "words",
                                    "type",
                                    "string",
                                    "size",
                                    200,
                                    "default",
                                    text,
                                    "label",
                                    text,
                                    "description",
                                    text))));
            tables.add(Map.of("name", "inj", "field", List.of(id, Map.of("name", "words", "type", text))));
            tables.add(Map.of(
                    "name", "inj", "field", List.of(id, Map.of("name", "words", "type", "string", "size", text))));
            tables.add(Map.of(
                    "name",
                    "inj",
                    "field",
                    List.of(id, Map.of("name", "r", "type", "reference", "ref_table", text, "ref_field", text))));
            tables.add(Map.of(
                    "name",
                    "inj",
                    "field",
                    List.of(
                            id,
                            Map.of(
                                    "name",
                                    "r",
                                    "type",
                                    "reference",
                                    "ref_table",
                                    "customer",
                                    "ref_field",
                                    "id",
                                    "ref_on_delete",
                                    text,
                                    "ref_on_update",
                                    text))));
            for (Map<String, Object> table : tables) {
                Optional<Object> made =
                        call(api, Verb.POST, List.of("_schema"), Map.of(), Map.of("resource", List.of(table)), text);
                String name = String.valueOf(table.get("name"));
                if (made.isPresent() && !before.containsKey(name.toLowerCase(Locale.ROOT))) {
                    call(
                            api,
                            Verb.POST,
                            List.of("_schema", name, "_field"),
                            Map.of(),
                            Map.of("resource", List.of(Map.of("name", text, "type", "integer"))),
                            text);
                    assertThat(call(api, Verb.DELETE, List.of("_schema", name), Map.of(), null, text))
                            .as("dropping %s", table)
                            .isPresent();
                }
            }
        }
        unchanged(before, "all new tables");
    }
}
