package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What users add to a schema and the database cannot hold. */
abstract class SettingsContract extends FreshSample {

    @Test
    void labelsAreKeptAndShown() {
        api.patch(
                "_schema/note",
                "{`label`:`Remark`,`plural`:`Remarks`,`name_field`:`body`,`description`:`what we said`,`field`:[{`name`:`body`,`label`:`Words`,`description`:`said`}]}");
        Map<?, ?> note = (Map<?, ?>) api.get("_schema/note");
        assertThat(note.get("label")).isEqualTo("Remark");
        assertThat(note.get("plural")).isEqualTo("Remarks");
        assertThat(note.get("name_field")).isEqualTo("body");
        assertThat(note.get("description")).isEqualTo("what we said");
        assertThat(named(note, "field", "body").get("label")).isEqualTo("Words");
        assertThat(named(note, "field", "body").get("description")).isEqualTo("said");
        assertThat(api.get("_table?fields=name,label,plural").toString())
                .contains("label=Remark")
                .contains("plural=Remarks");
        api.patch("_schema/note", "{`label`:null,`plural`:``}");
        assertThat(((Map<?, ?>) api.get("_schema/note")).get("label")).isEqualTo("Note");
        assertThat(named(api.get("_schema/note"), "field", "body").get("label")).isEqualTo("Words");
    }

    @Test
    void aliasesReplaceTheNames() {
        is(
                api.patch("_schema/customer", "{`alias`:`client`,`field`:[{`name`:`name`,`alias`:`title`}]}"),
                "{`name`:`client`}");
        assertThat(api.get("_table?as_list=true").toString()).contains("client").doesNotContain("customer,");
        assertThat(api.failure(Verb.GET, "_table/customer", null)).startsWith("404 ");
        is(
                api.get("_table/client?fields=id,title&filter=title like 'Ann%25'&order=title"),
                "{`resource`:[{`id`:1,`title`:`Ann Vale`}]}");
        assertThat(api.failure(Verb.GET, "_table/client?fields=name", null)).startsWith("400 ");
        is(api.post("_table/client?fields=title", "[{`title`:`New One`}]"), "{`resource`:[{`title`:`New One`}]}");
        is(api.patch("_table/client/1?fields=title", "{`TITLE`:`Ann Other`}"), "{`title`:`Ann Other`}");
        assertThat(api.fails(Verb.POST, "_table/client", "[{`city`:`Oslo`}]").toString())
                .contains("Required field 'title' can not be NULL.");
        Map<?, ?> client = (Map<?, ?>) api.get("_schema/client");
        assertThat(client.get("name")).isEqualTo("customer");
        assertThat(client.get("alias")).isEqualTo("client");
        assertThat(named(client, "field", "name").get("alias")).isEqualTo("title");
        assertThat(named(api.get("_schema/orders"), "field", "customer_id").get("ref_table"))
                .isEqualTo("client");
        assertThat(named(api.get("_schema/orders"), "related", "client_by_customer_id")
                        .get("type"))
                .isEqualTo("belongs_to");
        assertThat(api.failure(Verb.PATCH, "_schema/tag", "{`alias`:`Client`}")).startsWith("400 The alias");
        assertThat(api.failure(Verb.PATCH, "_schema/client/_field/city", "{`alias`:`title`}"))
                .startsWith("400 The alias");
        api.patch("_schema/customer", "{`alias`:null,`field`:[{`name`:`name`,`alias`:null}]}");
        is(api.get("_table/customer/1?fields=name"), "{`name`:`Ann Other`}");
    }

    @Test
    void settingsGoWithWhatTheyAreAbout() {
        api.post(
                "_schema",
                "[{`name`:`thing`,`label`:`Das Ding`,`field`:[{`name`:`id`,`type`:`id`},{`name`:`a`,`type`:`string`,`allow_null`:true,`label`:`Aaa`},{`name`:`v`,`type`:`virtual`}]}]");
        assertThat(field("thing", "v").get("is_virtual")).isEqualTo(true);
        assertThat(api.service().database().schema().entries()).hasSize(3);
        api.delete("_schema/thing/_field/a");
        assertThat(api.service().database().schema().entries()).hasSize(2);
        api.delete("_schema/thing");
        assertThat(api.service().database().schema().entries()).isEmpty();
        api.post("_schema", "[{`name`:`thing`,`field`:[{`name`:`id`,`type`:`id`}]}]");
        assertThat(((Map<?, ?>) api.get("_schema/thing")).get("label")).isEqualTo("Thing");
    }

    private void rule(String field, String rules) {
        api.patch("_schema/customer/_field/" + field, "{`validation`:" + rules + "}");
    }

    private String refused(String record) {
        Map<?, ?> error = api.fails(Verb.PATCH, "_table/customer/1", record);
        assertThat(error.get("status_code").toString()).isEqualTo("400");
        return String.valueOf(error.get("message"));
    }

    @Test
    void checksHoldOnWrites() {
        rule("name", "{`not_empty`:{`on_fail`:`First name value must not be empty.`}}");
        assertThat(refused("{`name`:` `}")).isEqualTo("First name value must not be empty.");
        assertThat(api.fails(Verb.POST, "_table/customer", "[{`name`:``}]").toString())
                .contains("First name value must not be empty.");
        rule("email", "{`email`:null}");
        assertThat(refused("{`email`:`nobody`}")).isEqualTo("Field 'email' value must be a valid email address.");
        api.patch("_table/customer/1", "{`email`:`a@b.no`}");
        rule("email", "{`email`:{`on_fail`:`ignore_field`}}");
        is(
                api.patch("_table/customer/1?fields=email,city", "{`email`:`no`,`city`:`Bern`}"),
                "{`email`:`a@b.no`,`city`:`Bern`}");
        assertThat(refused("{`email`:`no`}")).isEqualTo("No valid fields were found in record.");
        rule("credit", "{`float`:{}}");
        assertThat(refused("{`credit`:`many`}")).isEqualTo("Field 'credit' value is not an acceptable float value.");
        rule("credit", "{`int`:{`range`:{`min`:1,`max`:10}}}");
        assertThat(refused("{`credit`:11}")).isEqualTo("Field 'credit' value is not in the valid range.");
        rule("credit", "{`not_zero`:null}");
        assertThat(refused("{`credit`:0}")).isEqualTo("Field 'credit' value can not be empty.");
        rule("city", "{`url`:{`sections`:[`path`]}}");
        assertThat(refused("{`city`:`https://a.no`}")).isEqualTo("Field 'city' value must be a valid URL.");
        api.patch("_table/customer/1", "{`city`:`https://a.no/x`}");
        rule("city", "{`not_null`:null}");
        assertThat(refused("{`city`:null}")).isEqualTo("Field 'city' value can not be null.");
        rule("city", "{`create_only`:null}");
        assertThat(refused("{`city`:`x`}")).isEqualTo("Field 'city' can only be set during record creation.");
        rule("city", "{`api_read_only`:null}");
        is(api.post("_table/customer?fields=city", "[{`name`:`n`,`city`:`x`}]"), "{`resource`:[{`city`:null}]}");
        // /^[a-z]+$/i
        rule("city", "{`match`:{`regexp`:`L15bYS16XSskL2k=`}}");
        assertThat(refused("{`city`:`a1`}")).isEqualTo("Field 'city' value is invalid.");
        api.patch("_table/customer/1", "{`city`:`Ab`}");
        // /^(a+)+$/, which looks around forever
        rule("city", "{`match`:{`regexp`:`L14oYSspKyQv`}}");
        assertThat(refused("{`city`:`" + "a".repeat(38) + "b`}")).isEqualTo("Field 'city' value is invalid.");
        assertThat(api.failure(Verb.PATCH, "_schema/customer/_field/city", "{`validation`:{`nosuch`:1}}"))
                .startsWith("400 Field 'city' has an unknown validation rule 'nosuch'.");
        assertThat(api.failure(Verb.PATCH, "_schema/customer/_field/city", "{`validation`:{`match`:{`regexp`:`x`}}}"))
                .startsWith("400 The 'regexp'");
    }

    @Test
    void pickLists() {
        api.patch("_schema/customer/_field/city", "{`picklist`:[`Oslo`,`Lima`],`validation`:{`picklist`:null}}");
        assertThat(refused("{`city`:`Rome`}")).isEqualTo("Field 'city' value is invalid.");
        is(api.patch("_table/customer/1?fields=city", "{`city`:`Lima`}"), "{`city`:`Lima`}");
        api.patch(
                "_schema/customer/_field/city",
                "{`picklist`:`Oslo, Lima`,`validation`:{`multi_picklist`:{`min`:1,`max`:2}}}");
        is(field("customer", "city").get("picklist"), "[`Oslo`,`Lima`]");
        is(api.patch("_table/customer/1?fields=city", "{`city`:`Lima,Oslo`}"), "{`city`:`Lima,Oslo`}");
        assertThat(refused("{`city`:``}")).contains("does not contain enough selections.");
        assertThat(refused("{`city`:`Lima,Oslo,Lima`}")).contains("contains too many selections.");
        assertThat(refused("{`city`:`Lima,Rome`}")).isEqualTo("Field 'city' value is invalid.");
    }

    @Test
    void theServerFillsWhoAndWhen() {
        api.post(
                "_schema/note/_field",
                "[{`name`:`changed`,`type`:`timestamp_on_update`},{`name`:`maker`,`type`:`user_id_on_create`},{`name`:`changer`,`type`:`user_id_on_update`}]");
        assertThat(field("note", "changed").get("type")).isEqualTo("timestamp_on_update");
        SqlApi eve = api.as(12);
        Map<?, ?> made = (Map<?, ?>) ((List<?>) ((Map<?, ?>) eve.post(
                                "_table/note?fields=*", "[{`body`:`x`,`maker`:99,`changed`:`2001-01-01 00:00:00`}]"))
                        .get("resource"))
                .getFirst();
        assertThat(made.get("maker").toString()).isEqualTo("12");
        assertThat(made.get("changer").toString()).isEqualTo("12");
        assertThat(made.get("changed").toString()).startsWith("20").doesNotStartWith("2001");
        Map<?, ?> changed = (Map<?, ?>) api.as(13).patch("_table/note/" + made.get("id") + "?fields=*", "{`body`:`y`}");
        assertThat(changed.get("maker").toString()).isEqualTo("12");
        assertThat(changed.get("changer").toString()).isEqualTo("13");
        assertThat(api.post("_table/note?fields=maker", "[{`body`:`nobody`}]").toString())
                .contains("maker=null");
    }

    @Test
    void virtualRelations() {
        server.run(config, "CREATE TABLE visit (id integer PRIMARY KEY, who integer, tag integer)");
        is(
                api.post(
                        "_schema/customer/_related",
                        "{`resource`:[{`type`:`has_many`,`is_virtual`:true,`field`:`id`,`ref_table`:`visit`,`ref_field`:`who`,`always_fetch`:true}]}"),
                "{`resource`:[{`name`:`visit_by_who`}]}");
        Map<?, ?> shown = (Map<?, ?>) api.get("_schema/customer/_related/visit_by_who");
        assertThat(shown.get("is_virtual")).isEqualTo(true);
        assertThat(shown.get("type")).isEqualTo("has_many");
        assertThat(shown.get("ref_table")).isEqualTo("visit");
        assertThat(shown.get("always_fetch")).isEqualTo(true);
        is(
                api.post(
                        "_schema/customer/_related/labels",
                        "{`type`:`many_many`,`is_virtual`:true,`field`:`id`,`ref_table`:`tag`,`ref_field`:`id`,`junction_table`:`visit`,`junction_field`:`who`,`junction_ref_field`:`tag`}"),
                "{`name`:`labels`}");
        Schema schema = api.service().database().schema();
        Relation many = Relation.of(schema.table("customer"), schema).stream()
                .filter(relation -> relation.name().equals("labels"))
                .findFirst()
                .orElseThrow();
        assertThat(many.type()).isEqualTo("many_many");
        assertThat(many.refTable()).isEqualTo("tag");
        assertThat(many.junction().table()).isEqualTo("visit");
        assertThat(many.junction().column()).isEqualTo("who");
        assertThat(many.junctionRefField()).isEqualTo("tag");
        api.patch("_schema/customer/_related/labels", "{`label`:`Etiketten`,`alias`:`etiketten`}");
        assertThat(((Map<?, ?>) api.get("_schema/customer/_related/etiketten")).get("label"))
                .isEqualTo("Etiketten");
        api.patch("_schema/visit", "{`alias`:`call`}");
        assertThat(((Map<?, ?>) api.get("_schema/customer/_related/visit_by_who")).get("ref_table"))
                .isEqualTo("call");
        assertThat(
                        api.failure(
                                Verb.POST,
                                "_schema/customer/_related",
                                "[{`type`:`has_many`,`is_virtual`:true,`field`:`id`,`ref_service_id`:99,`ref_table`:`x`,`ref_field`:`y`}]"))
                .startsWith("501 ");
        is(api.delete("_schema/customer/_related/visit_by_who"), "{`success`:true}");
        assertThat(api.failure(Verb.GET, "_schema/customer/_related/visit_by_who", null))
                .startsWith("404 ");
        assertThat(api.failure(Verb.DELETE, "_schema/customer/_related/orders_by_customer_id", null))
                .startsWith("400 ");
    }

    @Test
    void habitsOfRealRelations() {
        is(
                api.patch(
                        "_schema/orders/_related/customer_by_customer_id",
                        "{`alias`:`buyer`,`label`:`Buyer`,`always_fetch`:true,`flatten`:true}"),
                "{`name`:`customer_by_customer_id`}");
        Map<?, ?> shown = named(api.get("_schema/orders"), "related", "customer_by_customer_id");
        assertThat(shown.get("alias")).isEqualTo("buyer");
        assertThat(shown.get("label")).isEqualTo("Buyer");
        assertThat(shown.get("flatten")).isEqualTo(true);
        Schema schema = api.service().database().schema();
        assertThat(Relation.of(schema.table("orders"), schema).stream()
                        .filter(Relation::alwaysFetch)
                        .map(Relation::name))
                .containsExactly("buyer");
        assertThat(api.failure(Verb.PATCH, "_schema/orders/_related/nosuch", "{`label`:`x`}"))
                .startsWith("404 ");
    }

    @Test
    void changesAtTheSameTimeDoNotLoseEachOther() throws Exception {
        Map<String, String> changes = Map.of(
                "label", "`Words`",
                "picklist", "[`a`,`b`]",
                "db_function", "[{`use`:[`SELECT`],`function`:`x`}]",
                "alias", "`words`");
        for (int round = 0; round < 20; round++) {
            CyclicBarrier start = new CyclicBarrier(changes.size());
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Object>> calls = new ArrayList<>();
                changes.forEach((name, value) -> calls.add(callers.submit(() -> {
                    start.await();
                    return api.load(Verb.PATCH, "_schema/note/_field/body", "{`" + name + "`:" + value + "}");
                })));
                for (Future<Object> call : calls) {
                    call.get();
                }
            }
            assertThat(api.service().database().schema().entries().getFirst().settings())
                    .as("round %d", round)
                    .containsOnlyKeys(changes.keySet());
            api.patch("_schema/note/_field/body", "{`label`:null,`picklist`:null,`db_function`:null,`alias`:null}");
        }
    }
}
