package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading, as every database does it. */
abstract class ReadingContract {
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
}
