package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every database does alike; once per database in a class of its own. */
abstract class DatabaseContract extends IdentityContract {
    // lists, schema, events

    @Test
    void lists() {
        is(
                api.get("_table?as_list=true"),
                "{`resource`:[`customer`,`customer_tag`,`note`,`order_item`,`orders`,`product`,`rich`,`tag`]}");
        assertThat(api.get("_table").toString()).startsWith("{resource=[{name=customer}, {name=customer_tag}, ");
        assertThat(api.get("?as_access_list=true").toString())
                .contains("[, *, _schema/, _schema/*, _schema/customer/, _schema/customer/*,")
                .contains("_table/tag/*");
        assertThat(api.failure(Verb.GET, "_nothing", null))
                .isEqualTo("404 Resource '_nothing' not found for service 'sample'.");
        assertThat(api.failure(Verb.PUT, "_table", "{}")).startsWith("400 ").contains("'_table'");
        assertThat(api.failure(Verb.POST, "", "{}"))
                .isEqualTo("400 POST requests without a resource are not currently supported by the 'sample' service.");
    }

    Map<?, ?> field(Map<?, ?> table, String name) {
        return ((List<?>) table.get("field"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> each.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void describing() {
        Map<?, ?> orders = (Map<?, ?>) api.get("_schema/orders");
        assertThat(orders.get("label")).isEqualTo("Orders");
        assertThat(orders.get("plural")).isEqualTo("Orders");
        assertThat(orders.get("primary_key")).isEqualTo(List.of("id"));
        assertThat(orders.get("access").toString()).isEqualTo("31");
        assertThat(field(orders, "id").get("type")).isEqualTo("id");
        assertThat(field(orders, "id").get("required")).isEqualTo(false);
        assertThat(field(orders, "customer_id").get("type")).isEqualTo("reference");
        assertThat(field(orders, "customer_id").get("ref_table")).isEqualTo("customer");
        assertThat(field(orders, "customer_id").get("required")).isEqualTo(true);
        assertThat(field(orders, "status").get("default")).isEqualTo("new");
        if (!server.type().equals("duckdb")) {
            assertThat(field(orders, "status").get("length").toString()).isEqualTo("12");
        }
        assertThat(field(orders, "meta").get("allow_null")).isEqualTo(true);
        List<String> related = ((List<?>) orders.get("related"))
                .stream()
                        .map(each -> ((Map<?, ?>) each).get("name") + " " + ((Map<?, ?>) each).get("type"))
                        .toList();
        assertThat(related)
                .containsExactlyInAnyOrder(
                        "customer_by_customer_id belongs_to",
                        "order_item_by_order_id has_many",
                        "product_by_order_item many_many");
        assertThat(((Map<?, ?>) orders.get("constraints")).values().toString()).contains("PRIMARY KEY", "FOREIGN KEY");
        assertThat(field((Map<?, ?>) api.get("_schema/tag"), "label").get("is_unique"))
                .isEqualTo(true);
        assertThat(((Map<?, ?>) api.get("_schema/rich")).get("is_view")).isEqualTo(true);
        assertThat(((Map<?, ?>) api.get("_schema/customer/_field/credit")).get("type"))
                .isEqualTo("decimal");
        assertThat(((Map<?, ?>) api.get("_schema/customer/_field/active")).get("default"))
                .isEqualTo(true);
        is(
                api.get("_schema/customer_tag/_related?as_list=true"),
                "{`resource`:[`customer_by_customer_id`,`tag_by_tag_id`]}");
        assertThat(((Map<?, ?>) ((Map<?, ?>) api.get("_table/tag?include_schema=true&limit=1")).get("meta"))
                        .get("schema")
                        .toString())
                .contains("customer_by_customer_tag");
        assertThat(api.failure(Verb.GET, "_schema/nosuch", null)).startsWith("404 ");
    }

    static final String WIDGET = """
            {`resource`:[{`name`:`widget`,`label`:`Widget`,`description`:`made by 'api' \\\\`,`field`:[{`name`:`id`,`type`:`id`},
             {`name`:`title`,`type`:`string`,`size`:40,`required`:true,`allow_null`:false},{`name`:`weight`,`type`:`float`},{`name`:`due`,`type`:`date`},
             {`name`:`customer_id`,`type`:`reference`,`ref_table`:`customer`,`ref_field`:`id`,`allow_null`:true},
             {`name`:`made_at`,`type`:`timestamp_on_create`},{`name`:`ok`,`type`:`boolean`,`default`:true},{`name`:`n`,`type`:`integer`,`default`:5},
             {`name`:`body`,`type`:`text`,`allow_null`:true},{`name`:`price`,`type`:`decimal`,`precision`:8,`scale`:3,`allow_null`:true}]}]}""";

    @Test
    void makingAndDroppingTables() {
        is(api.post("_schema", WIDGET), "{`resource`:[{`name`:`widget`}]}");
        is(
                api.post("_schema", "{`resource`:[{`name`:`widget`,`field`:[{`name`:`id`,`type`:`id`}]}]}"),
                "{`resource`:[{`name`:`widget`}]}");
        Map<?, ?> widget = (Map<?, ?>) api.get("_schema/widget");
        if (!server.type().equals("sqlite")) {
            assertThat(widget.get("description")).isEqualTo("made by 'api' \\");
        }
        assertThat(field(widget, "id").get("type")).isEqualTo("id");
        assertThat(field(widget, "weight").get("type")).isEqualTo("double");
        assertThat(field(widget, "weight").get("required")).isEqualTo(true);
        assertThat(field(widget, "customer_id").get("type")).isEqualTo("reference");
        assertThat(field(widget, "customer_id").get("allow_null")).isEqualTo(true);
        assertThat(field(widget, "made_at").get("type")).isEqualTo("timestamp_on_create");
        assertThat(field(widget, "ok").get("default")).isEqualTo(true);
        is(
                api.post(
                        "_table/widget?fields=title,weight,due,ok,n,price",
                        "[{`title`:`t`,`weight`:1.5,`due`:`2026-01-02`,`price`:1.125}]"),
                "{`resource`:[{`title`:`t`,`weight`:1.5,`due`:`2026-01-02`,`ok`:true,`n`:5,`price`:1.125}]}");
        is(
                api.post(
                        "_schema/widget/_field",
                        "{`resource`:[{`name`:`colour`,`type`:`string`,`size`:16,`default`:`r'e\\\\d`}]}"),
                "{`resource`:[{`name`:`colour`}]}");
        is(api.get("_table/widget?fields=colour"), "{`resource`:[{`colour`:`r'e\\\\d`}]}");
        is(api.delete("_schema/widget/_field/colour"), "{`success`:true}");
        assertThat(api.failure(Verb.GET, "_table/widget?fields=colour", null)).startsWith("400 ");
        is(api.delete("_schema/widget"), "{`success`:true}");
        assertThat(api.failure(Verb.GET, "_schema/widget", null)).startsWith("404 ");
        assertThat(api.failure(
                        Verb.POST, "_schema", "[{`name`:`x`,`field`:[{`name`:`a`,`type`:`int); DROP TABLE note`}]}]"))
                .startsWith("400 Field type");
    }

    @Test
    void aTableThatChangedOutsideIsReadAgain() {
        api.get("_table/note");
        server.run(config, "ALTER TABLE note RENAME COLUMN body TO words");
        assertThat(api.get("_table/note").toString()).isEqualTo("{resource=[]}");
        is(api.post("_table/note?fields=words", "[{`words`:`x`}]"), "{`resource`:[{`words`:`x`}]}");
        server.run(config, "ALTER TABLE note ADD COLUMN more integer");
        assertThat(api.get("_table/note").toString()).doesNotContain("more");
        assertThat(api.get("_table/note?refresh=true").toString()).contains("more");
        server.run(config, "CREATE TABLE fresh (id integer PRIMARY KEY)");
        is(api.get("_table/fresh"), "{`resource`:[]}");
        server.run(config, "DROP TABLE fresh");
        assertThat(api.failure(Verb.GET, "_table/fresh", null)).startsWith("404 ");
    }

    @Test
    void eventsHaveTheTablesOwnName() {
        assertThat(api.service().events(api.request(Verb.GET, "_table/CUSTOMER/5", null)))
                .containsExactly(
                        new EventPath("sample._table.{table_name}.{id}", "CUSTOMER/5"),
                        new EventPath("sample._table.customer.{id}", "5"));
        assertThat(api.service().events(api.request(Verb.GET, "_table/nosuch", null)))
                .containsExactly(
                        new EventPath("sample._table.{table_name}", "nosuch"),
                        new EventPath("sample._table.nosuch", "nosuch"));
        assertThat(api.service().events(api.request(Verb.GET, "_schema/Customer/_field/name", null)))
                .containsExactly(
                        new EventPath("sample._schema.{table_name}._field.{field_name}", "Customer/_field/name"),
                        new EventPath("sample._schema.customer._field.{field_name}", "_field/name"));
        assertThat(api.service().events(api.request(Verb.GET, "_table", null)))
                .containsExactly(new EventPath("sample._table", ""));
        assertThat(api.service().events(api.request(Verb.GET, "", null))).containsExactly(new EventPath("sample", ""));
        assertThat(api.service().catalogue().endpoints().stream().map(each -> each.eventPath("db")))
                .contains(
                        "db",
                        "db._table",
                        "db._table.{table_name}",
                        "db._table.{table_name}.{id}",
                        "db._schema.{table_name}._field.{field_name}");
    }

    // cursors

    @Test
    void aCursorThatIsGivenUpGivesItsConnectionBack() throws Exception {
        Content content = api.service()
                .handle(api.request(Verb.GET, "_table/customer", null))
                .content();
        assertThat(content).isInstanceOf(Content.Rows.class);
        assertThat(api.service().database().pool().active()).isEqualTo(1);
        content.close();
        content.close();
        assertThat(api.service().database().pool().active()).isZero();
    }

    @Test
    void manyRowsComeInPortions() {
        StringBuilder rows = new StringBuilder("[{`body`:`0`}");
        for (int i = 1; i < 1200; i++) {
            rows.append(",{`body`:`").append(i).append("`}");
        }
        api.post("_table/note?rollback=true", rows.append("]").toString());
        Map<String, Object> large = new java.util.HashMap<>(config);
        large.put("max_records", 5000);
        try (SqlApi many = SqlApi.over(server, large, folder)) {
            assertThat((List<?>) ((Map<?, ?>) many.get("_table/note?limit=5000")).get("resource"))
                    .hasSize(1200);
            assertThat((List<?>) ((Map<?, ?>) many.get("_table/note")).get("resource"))
                    .hasSize(1200);
        }
        assertThat(((Map<?, ?>) api.get("_table/note?fields=id")).get("meta").toString())
                .contains("count=1200")
                .contains("next=1000");
    }

    // injection

    static final List<String> HOSTILE = List.of(
            "' OR '1'='1",
            "'; DROP TABLE note; --",
            "\\'; DROP TABLE note; --",
            "\" OR \"\"=\"",
            "` OR 1=1 #",
            "1) OR (1=1",
            "%' OR 1=1 --",
            "x' UNION SELECT name FROM customer --",
            "$1",
            "?",
            ":a",
            "{user.id}",
            "/* */",
            "é漢🙂",
            "\\",
            "''",
            "\u0001");

    @Test
    void hostileTextIsText() {
        for (String hostile : HOSTILE) {
            Map<String, Object> body = Map.of("resource", List.of(Map.of("body", hostile)));
            Map<?, ?> made = (Map<?, ?>)
                    ((List<?>) ((Map<?, ?>) api.call(Verb.POST, "_table/note?fields=*", body)).get("resource"))
                            .getFirst();
            assertThat(made.get("body")).isEqualTo(hostile);
            for (String operator : List.of("=", "contains", "starts with", "ends with")) {
                Object found = api.call(
                        Verb.GET,
                        "_table/note?fields=body",
                        Map.of("filter", "body " + operator + " :v", "params", Map.of(":v", hostile)));
                assertThat(found)
                        .as("%s %s", operator, hostile)
                        .isEqualTo(Map.of("resource", List.of(Map.of("body", hostile))));
            }
            api.delete("_table/note/" + made.get("id"));
        }
    }

    @Test
    void hostileNamesAreRefused() {
        for (String hostile : HOSTILE) {
            for (String option : List.of("fields", "order", "group", "id_field")) {
                Map<String, Object> options =
                        Map.of(option, "id," + hostile, "ids", option.equals("id_field") ? "1" : "");
                refused(() -> api.call(Verb.GET, "_table/note", options), option + " " + hostile);
            }
            refused(() -> api.service().handle(request("_table", hostile)), hostile);
            refused(() -> api.service().handle(request("_schema", hostile)), hostile);
        }
        is(api.get("_table/customer?count_only=true"), "6");
        is(api.get("_table/note?count_only=true"), "0");
    }

    private io.sluice.api.ServiceRequest request(String resource, String name) {
        io.sluice.api.ServiceRequest plain = api.request(Verb.GET, resource, null);
        return new io.sluice.api.ServiceRequest(
                Verb.GET,
                "2",
                "sample",
                new io.sluice.api.ResourcePath(List.of(resource, name), false),
                plain.parameters(),
                plain.headers(),
                plain.body(),
                "",
                plain.caller(),
                plain.rights());
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String what) {
        ApiException e = org.assertj.core.api.Assertions.catchThrowableOfType(ApiException.class, call);
        assertThat(e).as(what).isNotNull();
        assertThat(e.error().status()).as(what).isIn(400, 404);
    }
}
