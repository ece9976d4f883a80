package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writing, as every database does it. */
abstract class WritingContract extends ReadingContract {
    @Test
    void creating() {
        is(
                api.post(
                        "_table/customer?fields=*",
                        "{`resource`:[{`name`:`Hal Iver`,`email`:`hal@example.com`,`nosuch`:1}]}"),
                """
                {`resource`:[{`id`:7,`name`:`Hal Iver`,`email`:`hal@example.com`,`city`:null,`credit`:0,`active`:true,`created_at`:`2026-01-01 00:00:00`}]}""");
        is(api.post("_table/customer", "[{`name`:`Arr One`},{`NAME`:`Arr Two`}]"), "{`resource`:[{`id`:8},{`id`:9}]}");
        is(
                api.post("_table/product", "{`resource`:{`sku`:`D-4`,`title`:`Drill`,`price`:`7.5`}}"),
                "{`resource`:[{`sku`:`D-4`}]}");
        is(
                api.post("_table/customer_tag?fields=*", "[{`customer_id`:2,`tag_id`:2}]"),
                "{`resource`:[{`customer_id`:2,`tag_id`:2}]}");
        is(
                api.post(
                        "_table/orders?fields=placed_on,status",
                        "[{`customer_id`:2,`placed_on`:`2026-03-01T10:00:00Z`,`meta`:{`a`:[1]}}]"),
                "{`resource`:[{`placed_on`:`2026-03-01`,`status`:`new`}]}");
    }

    @Test
    void creatingNothing() {
        String none =
                "400 No record(s) detected in request. Please make sure record(s) are wrapped in a 'resource' tag. "
                        + "Example: {\"resource\":[{\"record\":1},{\"record\":2}]}";
        assertThat(api.failure(Verb.POST, "_table/customer", "{`name`:`Bare One`}"))
                .isEqualTo(none);
        assertThat(api.failure(Verb.POST, "_table/customer", null)).isEqualTo(none);
        assertThat(api.failure(Verb.POST, "_table/customer/5", "{`name`:`x`}"))
                .isEqualTo("400 Create record by identifier not currently supported.");
    }

    void failsToCreate(String record, String message) {
        Map<String, Object> error = api.fails(Verb.POST, "_table/customer", "[" + record + "]");
        assertThat(error.get("message")).isEqualTo("Batch Error: Not all requested records could be created.");
        assertThat(error.toString()).contains("error=[0]").contains(message).doesNotContain("INSERT");
    }

    @Test
    void creatingWhatIsWrong() {
        failsToCreate("{`email`:`noname@example.com`}", "Required field 'name' can not be NULL.");
        failsToCreate("{`name`:null}", "Field 'name' can not be NULL.");
        failsToCreate("{`nosuch`:1}", "No valid fields were found in record.");
        failsToCreate("{`name`:`Wt`,`credit`:`abc`}", "Field 'credit' must be a valid number.");
        failsToCreate("{`name`:`Wt`,`created_at`:`tomorrow`}", "Field 'created_at' must be a valid date");
        failsToCreate("{`name`:`Wt`,`created_at`:{`expression`:`(SELECT 1)`}}", "expression that is not allowed");
        failsToCreate("{`name`:`Dup`,`email`:`ann@example.com`}", "with this 'email' already exists.");
        assertThat(api.fails(Verb.POST, "_table/orders", "[{`customer_id`:99,`placed_on`:`2026-01-01`}]")
                        .toString())
                .contains("points at one that does not exist: 'customer_id'");
        assertThat(api.fails(Verb.POST, "_table/order_item", "[{`order_id`:1,`qty`:0}]")
                        .toString())
                .contains(server.type().equals("duckdb") ? "a rule of table 'order_item'" : "qty_positive");
        assertThat(api.fails(Verb.POST, "_table/product", "[{`title`:`x`,`price`:1}]")
                        .toString())
                .contains("Required id field(s) not found in record 0: sku");
        is(api.get("_table/customer?count_only=true"), "6");
    }

    @Test
    void theDatabasesOwnClock() {
        Map<?, ?> made = (Map<?, ?>)
                api.post("_table/customer?fields=created_at", "[{`name`:`Now`,`created_at`:{`expression`:`NOW()`}}]");
        assertThat(made.toString()).containsPattern("created_at=20\\d\\d-\\d\\d-\\d\\d \\d\\d:");
    }

    static final String THREE =
            "{`resource`:[{`name`:`Blk 1`,`email`:`b1@example.com`},{`name`:`Blk dup`,`email`:`ann@example.com`},{`name`:`Blk 3`,`email`:`b3@example.com`}]}";

    @Test
    void theFirstFailureStopsABatch() {
        Map<String, Object> error = api.fails(Verb.POST, "_table/customer", THREE);
        assertThat(error.get("code").toString()).isEqualTo("1000");
        assertThat(error.get("message")).isEqualTo("Batch Error: Not all requested records could be created.");
        assertThat(((List<?>) ((Map<?, ?>) error.get("context")).get("resource")))
                .hasSize(2);
        assertThat(error.toString()).contains("error=[1]").contains("'email'");
        finds("name like 'Blk%'", "7");
    }

    @Test
    void aBatchGoesOnWhenAsked() {
        Map<String, Object> error = api.fails(Verb.POST, "_table/customer?continue=true&fields=name", THREE);
        assertThat(((List<?>) ((Map<?, ?>) error.get("context")).get("resource")))
                .hasSize(3);
        assertThat(error.toString()).contains("error=[1]").contains("Blk 3");
        is(api.get("_table/customer?count_only=true&filter=name like 'Blk%25'"), "2");
    }

    @Test
    void aBatchIsUndoneWhenAsked() {
        Map<String, Object> error = api.fails(Verb.POST, "_table/customer?rollback=true", THREE);
        assertThat(error.get("message"))
                .isEqualTo("Batch Error: Not all requested records could be created. All changes rolled back.");
        assertThat(error.toString()).contains("error=[1]");
        is(api.get("_table/customer?count_only=true&filter=name like 'Blk%25'"), "0");
        assertThat(api.failure(Verb.POST, "_table/customer?rollback=true&continue=true", THREE))
                .isEqualTo("400 Rollback and continue operations can not be requested at the same time.");
        api.post("_table/customer?rollback=true", "[{`name`:`Blk 1`},{`name`:`Blk 2`}]");
        is(api.get("_table/customer?count_only=true&filter=name like 'Blk%25'"), "2");
    }

    @Test
    void changingOne() {
        is(api.patch("_table/customer/2", "{`credit`:42.5}"), "{`id`:2}");
        is(api.patch("_table/customer/2", "{`resource`:[{`credit`:43}]}"), "{`id`:2}");
        is(api.patch("_table/customer/2?fields=id,credit", "{`credit`:43,`id`:99}"), "{`id`:2,`credit`:43}");
        is(api.put("_table/customer/3?fields=*", "{`name`:`Cy Renamed`,`email`:`cy2@example.com`}"), """
                {`id`:3,`name`:`Cy Renamed`,`email`:`cy2@example.com`,`city`:null,`credit`:15,`active`:false,`created_at`:`2026-01-01 00:00:00`}""");
        api.post("_table/product", "[{`sku`:`D-4`,`title`:`Drill`,`price`:1}]");
        is(api.patch("_table/product/D-4", "{`sku`:`D-9`}"), "{`sku`:`D-9`}");
        assertThat(api.failure(Verb.PATCH, "_table/product/C-3", "{`sku`:`C-9`}"))
                .startsWith("409 ")
                .contains("'order_item'");
        assertThat(api.failure(Verb.PUT, "_table/customer/5000", "{`name`:`Up`}"))
                .isEqualTo("404 Record with identifier '5000' not found.");
        assertThat(api.failure(Verb.PATCH, "_table/customer/1", "{`nosuch`:1}"))
                .isEqualTo("400 No valid fields were found in record.");
        assertThat(api.failure(Verb.PATCH, "_table/customer/3", "{`email`:`bo@example.com`}"))
                .startsWith("409 ")
                .contains("'email'");
        assertThat(api.failure(Verb.PATCH, "_table/customer/1", "{`name`:null}"))
                .isEqualTo("400 Field 'name' can not be NULL.");
    }

    @Test
    void changingMany() {
        is(
                api.patch("_table/customer?fields=id,credit", "{`resource`:[{`id`:1,`credit`:1},{`id`:2,`credit`:2}]}"),
                "{`resource`:[{`id`:1,`credit`:1},{`id`:2,`credit`:2}]}");
        is(
                api.patch("_table/customer?ids=4,1&fields=id,active", "{`resource`:[{`active`:false}]}"),
                "{`resource`:[{`id`:4,`active`:false},{`id`:1,`active`:false}]}");
        Map<?, ?> changed = (Map<?, ?>)
                api.patch("_table/customer?filter=city='Lima'&fields=id,active", "{`resource`:[{`active`:false}]}");
        assertThat((List<?>) changed.get("resource"))
                .hasSize(2)
                .allMatch(row -> ((Map<?, ?>) row).get("active").equals(false));
        is(api.patch("_table/customer?filter=city=Nowhere", "{`resource`:[{`active`:false}]}"), "{`resource`:[]}");
        assertThat(api.fails(
                                Verb.PATCH,
                                "_table/customer_tag?id_field=customer_id,tag_id",
                                "[{`customer_id`:4,`tag_id`:1,`x`:1}]")
                        .toString())
                .contains("No valid fields were found in record.");
    }

    @Test
    void changingManyGoesWrong() {
        Map<String, Object> error = api.fails(Verb.PATCH, "_table/customer", "{`resource`:[{`city`:`Nowhere`}]}");
        assertThat(error.get("message")).isEqualTo("Batch Error: Not all requested records could be updated.");
        assertThat(error.toString()).contains("Required id field(s) not found in record 0: id");
        assertThat(api.fails(Verb.PATCH, "_table/customer?ids=1,999&rollback=true", "{`resource`:[{`credit`:5}]}")
                        .toString())
                .contains("error=[1]")
                .contains("Record with identifier '999' not found.")
                .contains("All changes rolled back.");
        is(api.get("_table/customer/1?fields=credit"), "{`credit`:120.5}");
    }

    @Test
    void upsert() {
        Map<String, Object> tolerant = new java.util.HashMap<>(config);
        tolerant.put("allow_upsert", true);
        try (SqlApi upserting = SqlApi.over(server, tolerant, folder)) {
            is(upserting.put("_table/product/Z-9", "{`title`:`New`,`price`:1}"), "{`sku`:`Z-9`}");
            is(upserting.put("_table/product/Z-9?fields=title", "{`title`:`Old`,`price`:1}"), "{`title`:`Old`}");
            is(
                    upserting.put("_table/customer?fields=id,name", "[{`id`:50,`name`:`Fifty`},{`id`:1,`name`:`One`}]"),
                    "{`resource`:[{`id`:50,`name`:`Fifty`},{`id`:1,`name`:`One`}]}");
        }
    }

    @Test
    void deleting() {
        api.post("_table/note", "[{`body`:`a`},{`body`:`b`},{`body`:`c`},{`body`:`d`},{`body`:`e`},{`body`:`f`}]");
        is(api.delete("_table/note/1?fields=*"), "{`id`:1,`body`:`a`}");
        is(api.delete("_table/note?ids=2,3"), "{`resource`:[{`id`:2},{`id`:3}]}");
        is(api.call(Verb.DELETE, "_table/note", SqlApi.json("{`resource`:[{`id`:4}]}")), "{`resource`:[{`id`:4}]}");
        is(api.delete("_table/note?filter=body=e&fields=body"), "{`resource`:[{`body`:`e`}]}");
        assertThat(api.failure(Verb.DELETE, "_table/note", null))
                .isEqualTo("400 No filter or records given for delete request.");
        is(api.get("_table/note?fields=body"), "{`resource`:[{`body`:`f`}]}");
        is(api.delete("_table/note?force=true"), "{`success`:true}");
        is(api.get("_table/note"), "{`resource`:[]}");
        assertThat(api.failure(Verb.DELETE, "_table/note/1", null))
                .isEqualTo("404 Record with identifier '1' not found.");
        assertThat(api.failure(Verb.DELETE, "_table/customer/1", null))
                .startsWith("409 ")
                .contains("'orders'");
        is(api.get("_table/customer/1?fields=id"), "{`id`:1}");
    }
}
