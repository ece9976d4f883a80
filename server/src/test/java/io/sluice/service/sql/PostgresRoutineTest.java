package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresRoutineTest extends FreshSample {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }

    @BeforeEach
    void make() {
        server.run(config, """
                CREATE FUNCTION add(a integer, b integer DEFAULT 5) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
                CREATE FUNCTION in_city(wanted text) RETURNS TABLE (id integer, name text) LANGUAGE sql
                  AS 'SELECT id, name FROM customer WHERE city = wanted ORDER BY id';
                CREATE FUNCTION all_tags() RETURNS SETOF tag LANGUAGE sql AS 'SELECT * FROM tag ORDER BY id';
                CREATE FUNCTION two(a integer, OUT b integer, OUT c text) LANGUAGE sql AS 'SELECT a * 2, ''c''';
                CREATE FUNCTION say(t text) RETURNS text LANGUAGE sql AS 'SELECT t';
                CREATE FUNCTION fail() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''out of paper''; END';
                CREATE PROCEDURE rename(who integer, INOUT title text) LANGUAGE plpgsql
                  AS 'BEGIN UPDATE customer SET name = title WHERE id = who; title := upper(title); END';
                CREATE PROCEDURE forget(who integer) LANGUAGE sql AS 'DELETE FROM note WHERE id = who';
                """);
    }

    @Test
    void lists() {
        is(api.get("_func?as_list=true"), "{`resource`:[`add`,`all_tags`,`fail`,`in_city`,`say`,`two`]}");
        is(api.get("_proc"), "{`resource`:[{`name`:`forget`},{`name`:`rename`}]}");
        is(api.get("_proc?schema=other"), "{`resource`:[]}");
        Map<?, ?> add = named(api.get("_func?ids=add"), "resource", "add");
        assertThat(add.get("return_type")).isEqualTo("integer");
        assertThat(((List<?>) add.get("params")).getFirst().toString())
                .contains("name=a", "param_type=IN", "type=integer", "db_type=integer");
        assertThat(named(api.get("_func?ids=in_city"), "resource", "in_city")
                        .get("return_schema")
                        .toString())
                .contains("name=id")
                .contains("name=name");
        assertThat(api.failure(Verb.PUT, "_proc/rename", "{}")).startsWith("400 ");
    }

    @Test
    void argumentsComeFourWays() {
        is(api.post("_func/add", "{`params`:[1,2]}"), "3");
        is(api.post("_func/add", "{`params`:[{`name`:`b`,`value`:2},{`name`:`a`,`value`:`4`}]}"), "6");
        is(api.post("_func/add", "{`params`:{`A`:1,`b`:3}}"), "4");
        is(api.post("_func/add", "{`a`:1,`b`:6}"), "7");
        is(api.get("_func/add(1,7)"), "8");
        is(api.get("_func/ADD?a=1&b=8"), "9");
        is(api.get("_func/add?a=1"), "6");
        is(api.post("_func/add", "{`params`:[1,2],`returns`:`string`}"), "`3`");
        assertThat(api.get("_func/say('it''s, \"quoted\"')").toString()).isEqualTo("it's, \"quoted\"");
        assertThat(api.get("_func/say(null)")).isNull();
        assertThat(api.failure(Verb.GET, "_func/add", null)).isEqualTo("400 Argument 'a' (integer) is missing.");
        assertThat(api.failure(Verb.GET, "_func/add(1,2,3)", null)).startsWith("400 3 arguments were given");
    }

    @Test
    void hostileArgumentsAreText() {
        for (String hostile : DatabaseContract.HOSTILE) {
            Object said = api.call(Verb.POST, "_func/say", Map.of("params", List.of(hostile)));
            assertThat(said).isEqualTo(hostile);
        }
        for (String hostile : List.of("say'); DROP TABLE note; --", "pg_sleep", "version")) {
            assertThat(api.failure(Verb.GET, "_func/" + hostile, null)).startsWith("404 Function '");
        }
    }

    @Test
    void rowsAndOutValues() {
        is(api.get("_func/in_city(Oslo)"), "[{`id`:1,`name`:`Ann Vale`},{`id`:4,`name`:`Di Moss`}]");
        assertThat((List<?>) api.get("_func/all_tags")).isNotEmpty();
        is(api.get("_func/in_city(Nowhere)"), "[]");
        is(
                api.post("_func/in_city", "{`params`:[`Oslo`],`schema`:{`id`:`string`}}"),
                "[{`id`:`1`,`name`:`Ann Vale`},{`id`:`4`,`name`:`Di Moss`}]");
        is(api.get("_func/two(4)"), "{`b`:8,`c`:`c`}");
        is(api.post("_proc/rename", "{`who`:1,`title`:`ann`}"), "{`title`:`ANN`}");
        is(api.get("_table/customer/1?fields=name"), "{`name`:`ann`}");
        is(api.get("_proc/forget(1)"), "[]");
        is(api.post("_func/add", "{`params`:[1,2],`returns`:`TABLE`}"), "[{`add`:3}]");
    }

    @Test
    void failuresAreSaid() {
        assertThat(api.failure(Verb.GET, "_func/fail", null))
                .isEqualTo("500 Failed to call database stored function. out of paper");
        assertThat(api.failure(Verb.GET, "_func/add(x,1)", null))
                .startsWith("400 Failed to call database stored function.");
        assertThat(api.failure(Verb.GET, "_proc/nosuch", null))
                .isEqualTo("404 Procedure 'nosuch' does not exist in the database.");
        assertThat(api.failure(Verb.GET, "_func/nosuch(1)", null))
                .isEqualTo("404 Function 'nosuch' does not exist in the database.");
    }

    @Test
    void newOnesAreFoundAndSignaturesChosen() {
        api.get("_func");
        server.run(
                config,
                "CREATE FUNCTION add(a integer, b integer, c integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b + c'");
        api.get("_func?refresh=true");
        is(api.get("_func/add(1,2,3)"), "6");
        is(api.get("_func/add(1,2)"), "3");
        server.run(config, "CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        is(api.get("_func/fresh"), "1");
    }

    @Test
    void rightsHoldForEach() {
        SqlApi few = api.with(new Rights() {
            @Override
            public int mask(String component) {
                return component.equals("_func/add") ? 31 : 0;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.empty();
            }
        });
        is(few.get("_func?as_list=true"), "{`resource`:[`add`]}");
        assertThat(few.failure(Verb.GET, "_func/SAY(x)", null)).startsWith("403 ");
    }
}
