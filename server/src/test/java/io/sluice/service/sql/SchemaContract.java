package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes of the schema, as every database does them. */
abstract class SchemaContract extends SettingsContract {
    static final String GADGET = """
            {`resource`:[{`name`:`gadget`,`field`:[{`name`:`id`,`type`:`id`},{`name`:`title`,`type`:`string`,`size`:40,`allow_null`:true},
             {`name`:`n`,`type`:`integer`,`allow_null`:true,`is_index`:true},{`name`:`code`,`type`:`string`,`size`:20,`allow_null`:true,`is_unique`:true}]}]}""";

    void gadget() {
        is(api.post("_schema", GADGET), "{`resource`:[{`name`:`gadget`}]}");
    }

    @Test
    void aNewTableHasItsIndexes() {
        gadget();
        assertThat(field("gadget", "n").get("is_index")).isEqualTo(true);
        assertThat(field("gadget", "code").get("is_unique")).isEqualTo(true);
        assertThat(field("gadget", "title").get("is_index")).isEqualTo(false);
    }

    @Test
    void patchAddsAndLeavesTheRest() {
        gadget();
        api.post("_table/gadget", "[{`title`:`a`}]");
        is(
                api.patch(
                        "_schema/gadget",
                        "{`field`:[{`name`:`colour`,`type`:`string`,`size`:8,`default`:`red`},{`name`:`customer_id`,`type`:`reference`,`ref_table`:`customer`,`ref_field`:`id`,`allow_null`:true}]}"),
                "{`name`:`gadget`}");
        is(
                api.get("_table/gadget"),
                "{`resource`:[{`id`:1,`title`:`a`,`n`:null,`code`:null,`colour`:`red`,`customer_id`:null}]}");
        assertThat(field("gadget", "customer_id").get("ref_table")).isEqualTo("customer");
        assertThat(api.fails(Verb.POST, "_table/gadget", "[{`customer_id`:99}]").toString())
                .contains("points at one that does not exist");
        assertThat(named(api.get("_schema/customer"), "related", "gadget_by_customer_id")
                        .get("type"))
                .isEqualTo("has_many");
        is(
                api.patch(
                        "_schema",
                        "{`resource`:[{`name`:`gadget`,`field`:[{`name`:`n2`,`type`:`integer`,`allow_null`:true}]}]}"),
                "{`resource`:[{`name`:`gadget`}]}");
        assertThat(api.failure(Verb.PATCH, "_schema/nosuch", "{`field`:[]}")).startsWith("404 ");
    }

    @Test
    void putDropsWhatItDoesNotName() {
        gadget();
        is(
                api.put(
                        "_schema/gadget",
                        "{`field`:[{`name`:`id`,`type`:`id`},{`name`:`n`},{`name`:`code`},{`name`:`more`,`type`:`date`,`allow_null`:true}]}"),
                "{`name`:`gadget`}");
        is(api.post("_table/gadget?fields=*", "[{`n`:1}]"), "{`resource`:[{`id`:1,`n`:1,`code`:null,`more`:null}]}");
    }

    @Test
    void whatWasDescribedCanBePutBack() {
        for (String table : List.of("customer", "orders", "product", "customer_tag", "order_item")) {
            Object before = api.get("_schema/" + table);
            Map<String, Object> body = new LinkedHashMap<>();
            ((Map<?, ?>) before).forEach((name, value) -> body.put(String.valueOf(name), value));
            api.call(Verb.PUT, "_schema/" + table, body);
            assertThat(api.get("_schema/" + table)).isEqualTo(before);
        }
        assertThat(api.service().database().schema().entries()).isEmpty();
    }

    @Test
    void postWithCheckExistChangesATableThatIsThere() {
        gadget();
        api.post(
                "_schema",
                "{`resource`:[{`name`:`gadget`,`field`:[{`name`:`x`,`type`:`integer`,`allow_null`:true}]}]}");
        assertThat(api.failure(Verb.GET, "_schema/gadget/_field/x", null)).startsWith("404 ");
        api.post(
                "_schema?check_exist=true",
                "{`resource`:[{`name`:`gadget`,`field`:[{`name`:`x`,`type`:`integer`,`allow_null`:true}]}]}");
        assertThat(field("gadget", "x").get("type")).isEqualTo("integer");
        assertThat(field("gadget", "title").get("type")).isEqualTo("string");
    }

    @Test
    void typeLengthDefaultAndNullability() {
        gadget();
        api.post("_table/gadget", "[{`title`:`a`,`n`:7}]");
        if (on("sqlite")) {
            assertThat(api.failure(Verb.PATCH, "_schema/gadget/_field/title", "{`length`:80}"))
                    .startsWith("501 Field 'title' of table 'gadget' stays as it is")
                    .contains("SQLite");
            return;
        }
        is(api.patch("_schema/gadget/_field/title", "{`length`:80}"), "{`name`:`title`}");
        assertThat(field("gadget", "title").get("length").toString()).isEqualTo("80");
        assertThat(field("gadget", "title").get("allow_null")).isEqualTo(true);
        is(
                api.patch(
                        "_schema/gadget/_field",
                        "{`resource`:[{`name`:`title`,`default`:`it's`,`allow_null`:false},{`name`:`n`,`type`:`bigint`}]}"),
                "{`resource`:[{`name`:`title`},{`name`:`n`}]}");
        assertThat(field("gadget", "title").get("default")).isEqualTo("it's");
        assertThat(field("gadget", "title").get("allow_null")).isEqualTo(false);
        assertThat(field("gadget", "title").get("length").toString()).isEqualTo("80");
        assertThat(field("gadget", "n").get("type")).isEqualTo("bigint");
        is(
                api.post("_table/gadget?fields=title,n", "[{`n`:9223372036854775807}]"),
                "{`resource`:[{`title`:`it's`,`n`:9223372036854775807}]}");
        api.put("_schema/gadget/_field/title", "{`default`:null,`allow_null`:true}");
        is(api.post("_table/gadget?fields=title", "[{`n`:1}]"), "{`resource`:[{`title`:null}]}");
        api.patch("_schema/gadget/_field/n", "{`is_unique`:true}");
        assertThat(api.fails(Verb.POST, "_table/gadget", "[{`n`:1}]").toString())
                .contains("already exists");
        api.patch("_schema/gadget/_field/n", "{`ref_table`:null}");
        assertThat(api.failure(Verb.PATCH, "_schema/gadget/_field/id", "{`type`:`string`}"))
                .startsWith("501 ");
    }

    @Test
    void aChangeThatFailsHalfwayIsTakenBackOrTold() {
        gadget();
        api.post("_table/gadget", "[{`title`:`a`}]");
        String body = on("sqlite")
                ? "{`field`:[{`name`:`ok`,`type`:`integer`,`allow_null`:true},{`name`:`bad`,`type`:`integer`}]}"
                : "{`field`:[{`name`:`ok`,`type`:`integer`,`allow_null`:true},{`name`:`n`,`allow_null`:false}]}";
        String failure = api.failure(Verb.PATCH, "_schema/gadget", body);
        if (on("pgsql") || on("sqlite")) {
            assertThat(failure).startsWith("400 Not done: field ").endsWith("Nothing was changed.");
            assertThat(api.failure(Verb.GET, "_schema/gadget/_field/ok", null)).startsWith("404 ");
        } else {
            assertThat(failure)
                    .startsWith("400 Not done: field 'n' of table 'gadget' was changed.")
                    .endsWith("Done before it, and not taken back: field 'ok' of table 'gadget' was added.");
            assertThat(field("gadget", "ok").get("type")).isEqualTo("integer");
        }
    }

    @Test
    void fieldsComeAndGo() {
        gadget();
        is(api.post("_schema/gadget/_field/extra", "{`type`:`text`,`allow_null`:true}"), "{`name`:`extra`}");
        assertThat(api.failure(Verb.POST, "_schema/gadget/_field", "[{`name`:`EXTRA`,`type`:`text`}]"))
                .isEqualTo("400 Field 'EXTRA' already exists in table 'gadget'.");
        assertThat(api.failure(Verb.PATCH, "_schema/gadget/_field/nosuch", "{`label`:`x`}"))
                .startsWith("404 ");
        assertThat(((List<?>) ((Map<?, ?>) api.get("_schema/gadget/_field?ids=title,extra")).get("resource")))
                .hasSize(2);
        is(api.delete("_schema/gadget/_field?ids=extra,n"), "{`resource`:[{`name`:`extra`},{`name`:`n`}]}");
        is(api.get("_schema/gadget/_field?as_list=true"), "{`resource`:[`id`,`title`,`code`]}");
        is(api.delete("_schema/gadget/_field/title"), "{`success`:true}");
        assertThat(api.failure(Verb.DELETE, "_schema/gadget/_field/title", null))
                .startsWith("404 ");
        assertThat(api.failure(Verb.DELETE, "_schema/gadget/_field", null)).startsWith("400 No fields given");
    }

    @Test
    void tablesAreDroppedByName() {
        gadget();
        api.post("_schema", "[{`name`:`other`,`field`:[{`name`:`id`,`type`:`id`}]}]");
        server.run(config, "CREATE VIEW gadget_titles AS SELECT id, title FROM gadget");
        assertThat(((Map<?, ?>) api.get("_schema/gadget_titles")).get("is_view"))
                .isEqualTo(true);
        assertThat(api.failure(Verb.PATCH, "_schema/gadget_titles", "{`field`:[{`name`:`x`,`type`:`text`}]}"))
                .isEqualTo("400 'gadget_titles' is a view; its fields are those of its query.");
        is(api.delete("_schema/gadget_titles"), "{`success`:true}");
        assertThat(api.failure(Verb.DELETE, "_schema?ids=other,nosuch", null)).startsWith("404 ");
        is(api.delete("_schema?ids=other,Gadget"), "{`resource`:[{`name`:`other`},{`name`:`gadget`}]}");
        assertThat(api.failure(Verb.GET, "_schema/other", null)).startsWith("404 ");
        assertThat(api.failure(Verb.DELETE, "_schema", null)).startsWith("400 No tables given");
    }

    @Test
    void describesAllAtOnce() {
        List<?> all = (List<?>) ((Map<?, ?>) api.get("_schema?fields=*")).get("resource");
        assertThat(all).hasSize(8);
        assertThat(((Map<?, ?>) all.getFirst()).get("access").toString()).isEqualTo("31");
        assertThat(((List<?>) ((Map<?, ?>) api.get("_schema?ids=TAG,note")).get("resource"))
                        .stream().map(each -> (Object) ((Map<?, ?>) each).get("name")))
                .containsExactly("tag", "note");
    }
}
