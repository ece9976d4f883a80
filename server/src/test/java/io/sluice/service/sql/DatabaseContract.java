package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.testing.DatabaseServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database does alike; once per database in a class of its own. */
abstract class DatabaseContract {
    private static final Map<Class<?>, Map<String, Object>> DATABASES = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    DatabaseServer server;
    Map<String, Object> config;
    SqlApi api;

    abstract DatabaseServer server(Path root);

    @BeforeEach
    void open() {
        server = server(folder);
        config = DATABASES.computeIfAbsent(getClass(), each -> server.newDatabase());
        server.empty(config);
        server.run(config, SampleTables.script(server.type()));
        api = SqlApi.over(server, config, folder);
    }

    @AfterEach
    void close() {
        if (api != null) {
            assertThat(api.service().database().pool().active()).isZero();
            api.close();
        }
    }

    void is(Object actual, String json) {
        assertThat(actual).isEqualTo(SqlApi.json(json));
    }

    // reading

    @Test
    void aListHoldsAllFieldsWithTheirTypes() {
        is(api.get("_table/customer?limit=3&order=id"), """
                {`resource`:[
                 {`id`:1,`name`:`Ann Vale`,`email`:`ann@example.com`,`city`:`Oslo`,`credit`:120.5,`active`:true,`created_at`:`2026-01-01 00:00:00`},
                 {`id`:2,`name`:`Bo Reed`,`email`:`bo@example.com`,`city`:`Lima`,`credit`:0,`active`:true,`created_at`:`2026-01-01 00:00:00`},
                 {`id`:3,`name`:`Cy Lund`,`email`:`cy@example.com`,`city`:null,`credit`:15,`active`:false,`created_at`:`2026-01-01 00:00:00`}]}""");
        Map<?, ?> order = (Map<?, ?>) api.get("_table/orders/1");
        assertThat(order.get("placed_on")).isEqualTo("2026-02-01");
        assertThat(SqlApi.json((String) order.get("meta"))).isEqualTo(SqlApi.json("{`gift`:true}"));
    }

    @Test
    void aNoLimitReadHasNoMetaWhenAllFits() {
        assertThat(((Map<?, ?>) api.get("_table/customer")).keySet().toString()).isEqualTo("[resource]");
        assertThat(((Map<?, ?>) api.get("_table/customer?limit=2")).keySet().toString())
                .isEqualTo("[resource]");
        is(
                api.get("_table/customer?limit=0&fields=id&order=id"),
                "{`resource`:[{`id`:1},{`id`:2},{`id`:3},{`id`:4},{`id`:5},{`id`:6}]}");
    }

    @Test
    void aCountIsGivenWhenAskedForOrWhenThereIsMore() {
        is(
                api.get("_table/customer?fields=id&limit=2&include_count=true&order=id"),
                "{`resource`:[{`id`:1},{`id`:2}],`meta`:{`count`:6,`next`:2}}");
        is(
                api.get("_table/customer?fields=id&limit=2&offset=4&include_count=true&order=id"),
                "{`resource`:[{`id`:5},{`id`:6}],`meta`:{`count`:6}}");
        is(
                api.get("_table/customer?fields=id&limit=2&offset=9&include_count=true"),
                "{`resource`:[],`meta`:{`count`:6}}");
        is(api.get("_table/customer?count_only=true"), "6");
        is(api.get("_table/customer?count_only=true&filter=city=Oslo"), "2");
        Map<String, Object> small = new java.util.HashMap<>(config);
        small.put("max_records", 4);
        try (SqlApi limited = SqlApi.over(server, small, folder)) {
            is(
                    limited.get("_table/customer?fields=id&order=id"),
                    "{`resource`:[{`id`:1},{`id`:2},{`id`:3},{`id`:4}],`meta`:{`count`:6,`next`:4}}");
            is(
                    limited.get("_table/customer?fields=id&order=id&limit=100&offset=4"),
                    "{`resource`:[{`id`:5},{`id`:6}],`meta`:{`count`:6}}");
        }
    }

    @Test
    void fieldsAreChosenAndChecked() {
        is(api.get("_table/customer?fields=NAME,id&limit=1&order=id"), "{`resource`:[{`name`:`Ann Vale`,`id`:1}]}");
        is(api.get("_table/customer?fields=&limit=2&order=id"), "{`resource`:[{`id`:1},{`id`:2}]}");
        assertThat(api.failure(Verb.GET, "_table/customer?fields=id,nosuch", null))
                .isEqualTo("400 Invalid field requested: nosuch");
        assertThat(api.failure(Verb.GET, "_table/customer?fields=COUNT(*)", null))
                .isEqualTo("400 Invalid field requested: COUNT(*)");
    }

    @Test
    void orderIsReadAndChecked() {
        is(
                api.get("_table/customer?fields=id&order=city desc nulls last, id asc"),
                "{`resource`:[{`id`:5},{`id`:1},{`id`:4},{`id`:2},{`id`:6},{`id`:3}]}");
        is(api.get("_table/customer?fields=id&order=city asc nulls first,id&limit=1"), "{`resource`:[{`id`:3}]}");
        assertThat(api.failure(Verb.GET, "_table/customer?order=nosuch", null))
                .isEqualTo("400 Invalid field 'nosuch' in order by clause.");
        assertThat(api.failure(Verb.GET, "_table/customer?order=id;drop", null))
                .isEqualTo("400 Invalid order by clause in request.");
    }

    @Test
    void groupsAndAggregates() {
        is(
                api.get(
                        "_table/customer?fields=city,COUNT(*),sum(credit)&group=city&order=COUNT_ALL desc,city&filter=city is not null"),
                """
                {`resource`:[{`city`:`Lima`,`COUNT_ALL`:2,`SUM_credit`:50},{`city`:`Oslo`,`COUNT_ALL`:2,`SUM_credit`:1120.49},
                 {`city`:`Quito`,`COUNT_ALL`:1,`SUM_credit`:7.25}]}""");
        is(
                api.get(
                        "_table/customer?fields=city&group=city&include_count=true&limit=1&order=city desc&filter=city is not null"),
                "{`resource`:[{`city`:`Quito`}],`meta`:{`count`:3,`next`:1}}");
        is(
                api.get("_table/customer?fields=city&distinct=true&filter=city is not null&order=city"),
                "{`resource`:[{`city`:`Lima`},{`city`:`Oslo`},{`city`:`Quito`}]}");
        assertThat(api.failure(Verb.GET, "_table/customer?group=nosuch", null))
                .isEqualTo("400 Invalid or unknown field 'nosuch' in group by clause.");
        assertThat(api.failure(Verb.GET, "_table/customer?fields=id&group=city", null))
                .startsWith("400 Field 'id' must be part of 'group'");
    }

    @Test
    void identifiersKeepTheirOrder() {
        is(api.get("_table/customer?ids=3,1,2&fields=id"), "{`resource`:[{`id`:3},{`id`:1},{`id`:2}]}");
        is(api.get("_table/product?ids=C-3,A-1&fields=sku"), "{`resource`:[{`sku`:`C-3`},{`sku`:`A-1`}]}");
        is(
                api.get("_table/customer/bo@example.com?id_field=email&fields=id,email"),
                "{`id`:2,`email`:`bo@example.com`}");
        is(
                api.get("_table/customer_tag?ids=(1,2),(4,1)"),
                "{`resource`:[{`customer_id`:1,`tag_id`:2},{`customer_id`:4,`tag_id`:1}]}");
        is(api.get("_table/customer_tag/1,2"), "{`customer_id`:1,`tag_id`:2}");
        is(api.get("_table/customer?as_list=true&order=id desc&limit=2"), "{`resource`:[6,5]}");
        is(
                api.call(Verb.GET, "_table/customer?fields=name", SqlApi.json("{`resource`:[{`id`:2},{`id`:1}]}")),
                "{`resource`:[{`name`:`Bo Reed`},{`name`:`Ann Vale`}]}");
    }

    @Test
    void missingIdentifiers() {
        assertThat(api.failure(Verb.GET, "_table/customer/999", null))
                .isEqualTo("404 Record with identifier '999' not found.");
        assertThat(api.failure(Verb.GET, "_table/customer/abc", null))
                .isEqualTo("400 Field 'id' must be a valid integer.");
        assertThat(api.failure(Verb.GET, "_table/nosuch", null))
                .isEqualTo("404 Table \"nosuch\" does not exist in the database.");
        is(api.fails(Verb.GET, "_table/customer?ids=1,999,2&fields=id,name&continue=true", null), """
                {`code`:1000,`status_code`:400,`message`:`Batch Error: Not all requested records could be retrieved.`,
                 `context`:{`error`:[1],`resource`:[{`id`:1,`name`:`Ann Vale`},
                  {`code`:404,`context`:null,`message`:`Record with identifier '999' not found.`,`status_code`:404},{`id`:2,`name`:`Bo Reed`}]}}""");
        assertThat(((Map<?, ?>) api.fails(Verb.GET, "_table/customer?ids=1,999,2&fields=id", null)
                                .get("context"))
                        .get("resource")
                        .toString())
                .contains("999")
                .doesNotContain("id=2");
        assertThat(api.failure(Verb.GET, "_table/rich/1", null)).startsWith("400 No identifying field determined");
        is(api.get("_table/rich/4?id_field=id&fields=name"), "{`name`:`Di Moss`}");
    }

    @Test
    void namesAreFoundInAnyCase() {
        is(api.get("_table/CUSTOMER/1?fields=id"), "{`id`:1}");
    }

    // filters

    void finds(String filter, String ids) {
        is(
                api.get("_table/customer?fields=id&order=id&filter="
                        + filter.replace("%", "%25").replace("&", "%26").replace("+", "%2B")),
                "{`resource`:[" + ids.replaceAll("(\\d)", "{`id`:$1}") + "]}");
    }

    @Test
    void filters() {
        finds("city='Oslo'", "1,4");
        finds("city=\"Oslo\"", "1,4");
        finds("city=Oslo", "1,4");
        finds("city!='Oslo'", "2,5,6");
        finds("(credit>=50) and (active=true)", "1,4,6");
        finds("not (active=true)", "3,5");
        finds("name contains ee", "2");
        finds("name starts with A", "1");
        finds("name ends with 'e'", "1");
        finds("id in (1,3,5)", "1,3,5");
        finds("id not in (1,3,5)", "2,4,6");
        finds("city is null", "3");
        finds("city is not null", "1,2,4,5,6");
        finds("id between 2 and 4", "2,3,4");
        finds("name='Fay O''Neil'", "6");
        finds("credit gt 100", "1,4");
        finds("id>1 and id<4", "2,3");
        finds("id > 2.5", "3,4,5,6");
        finds("credit = 120.5", "1");
        finds("(id=1) or (id=2) and (city=Lima)", "1,2");
        finds("active=no", "3,5");
        finds("created_at >= 2026-01-01", "1,2,3,4,5,6");
        finds("created_at > '2026-01-01T00:00:00Z'", "");
        finds("created_at starts with 2026-01", "1,2,3,4,5,6");
        finds("id like '1%'", "1");
    }

    @Test
    void wildcardsInPlainTextAreText() {
        api.post(
                "_table/note",
                "[{`body`:`50% off`},{`body`:`50 of them`},{`body`:`a_b`},{`body`:`axb`},{`body`:`wow!`},{`body`:`c\\\\d`}]");
        is(api.get("_table/note?fields=body&filter=body contains '50%25'"), "{`resource`:[{`body`:`50% off`}]}");
        is(api.get("_table/note?fields=body&filter=body contains 'a_b'"), "{`resource`:[{`body`:`a_b`}]}");
        is(api.get("_table/note?fields=body&filter=body ends with '!'"), "{`resource`:[{`body`:`wow!`}]}");
        is(api.get("_table/note?fields=body&filter=body contains '\\'"), "{`resource`:[{`body`:`c\\\\d`}]}");
    }

    @Test
    void parameters() {
        String two = "{`resource`:[{`id`:2},{`id`:6}]}";
        is(api.get("_table/customer?fields=id&order=id&filter=city=:c&params=%7B%22:c%22:%22Lima%22%7D"), two);
        is(api.get("_table/customer?fields=id&order=id&filter=city=:c&params[:c]=Lima"), two);
        is(
                api.call(
                        Verb.GET,
                        "_table/customer",
                        SqlApi.json("{`filter`:`city=:c`,`params`:{`:c`:`Lima`},`fields`:`id`,`order`:`id`}")),
                two);
        is(
                api.call(
                        Verb.GET,
                        "_table/customer?fields=id&order=id",
                        SqlApi.json("{`filter`:`id in (:l)`,`params`:{`:l`:[2,6]}}")),
                two);
        is(api.get("_table/customer?fields=id&filter=city=:c"), "{`resource`:[]}");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=city=:c&params=oops", null))
                .isEqualTo("400 'params' is not valid JSON.");
    }

    @Test
    void filtersThatCannotWork() {
        assertThat(api.failure(Verb.GET, "_table/customer?filter=nosuch=1", null))
                .isEqualTo("400 Invalid or unparsable field in filter request: 'nosuch'");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=credit>>", null))
                .startsWith("400 ");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=id=abc", null))
                .isEqualTo("400 Field 'id' must be a valid integer.");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=credit=abc", null))
                .isEqualTo("400 Field 'credit' must be a valid number.");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=active=maybe", null))
                .isEqualTo("400 Field 'active' must be a valid boolean.");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=created_at>soon", null))
                .startsWith("400 Field 'created_at' must be a valid date");
        assertThat(api.failure(Verb.GET, "_table/customer?filter=credit>1e999999999", null))
                .isEqualTo("400 Field 'credit' must be a valid number.");
    }

    // writing

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
                .contains("qty_positive");
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
        assertThat(api.failure(Verb.PATCH, "_table/customer/1", "{`email`:`bo@example.com`}"))
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
        assertThat(field(orders, "status").get("length").toString()).isEqualTo("12");
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
