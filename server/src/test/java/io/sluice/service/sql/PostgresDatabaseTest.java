package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }

    @Test
    void typesOfItsOwn() {
        server.run(config, """
                CREATE TYPE mood AS ENUM ('sad', 'happy');
                CREATE TABLE kinds (id int PRIMARY KEY, big bigint, n numeric, raw bytea, d double precision, f real, t time, u uuid,
                  m mood, arr int[], ip inet, tz timestamptz, j json, jb jsonb, c char(5), fraction timestamp(3));
                """);
        String row = """
                {`id`:1,`big`:9223372036854775807,`n`:123456789012345678901234567890.5,`raw`:`AQID`,`d`:0.1,`f`:1.5,`t`:`10:20:30`,
                 `u`:`123e4567-e89b-12d3-a456-426614174000`,`m`:`happy`,`arr`:`{1,2}`,`ip`:`10.0.0.1`,`j`:`[1]`,`jb`:`{\\"a\\": 1}`,`c`:`ab   `,
                 `fraction`:`2026-01-02 03:04:05.678`}""";
        String fields = "id,big,n,raw,d,f,t,u,m,arr,ip,j,jb,c,fraction";
        is(api.post("_table/kinds?fields=" + fields, "[" + row + "]"), "{`resource`:[" + row + "]}");
        // More than five times, so that the driver changes to its binary form.
        for (int i = 0; i < 8; i++) {
            is(api.get("_table/kinds?fields=" + fields), "{`resource`:[" + row + "]}");
        }
        is(
                api.get(
                        "_table/kinds?fields=id&filter=(u=123E4567-E89B-12D3-A456-426614174000) and (m=happy) and (ip='10.0.0.1') and (c=ab)"),
                "{`resource`:[{`id`:1}]}");
        server.run(config, "UPDATE kinds SET n = 'NaN', d = 'Infinity', tz = '2026-01-02 03:04:05+00'");
        is(
                api.get("_table/kinds?fields=n,d&filter=tz='2026-01-02T05:04:05%2B02:00'"),
                "{`resource`:[{`n`:`NaN`,`d`:`Infinity`}]}");
    }

    @Test
    void tablesOfOtherSchemasAreNamedWithThem() {
        server.run(
                config, "CREATE SCHEMA IF NOT EXISTS crm;\nCREATE TABLE crm.lead (id serial PRIMARY KEY, note text);");
        try {
            is(api.post("_table/crm.lead?fields=*", "[{`note`:`x`}]"), "{`resource`:[{`id`:1,`note`:`x`}]}");
            is(api.get("_table/CRM.Lead/1?fields=note"), "{`note`:`x`}");
        } finally {
            server.run(config, "DROP SCHEMA crm CASCADE");
        }
    }

    @Test
    void aThousandOrdersWithCustomerAndItemsAreThreeStatements() {
        server.run(config, """
                INSERT INTO orders (customer_id, placed_on) SELECT 1 + n % 6, '2026-03-01' FROM generate_series(1, 1200) n;
                INSERT INTO order_item (order_id, sku, qty) SELECT id, 'A-1', 1 + id % 3 FROM orders o, generate_series(1, 3);
                """);
        String address =
                "_table/orders?limit=1000&order=id desc&related=customer_by_customer_id,order_item_by_order_id";
        api.get(address + "&limit=1");
        try (StatementCount sent = StatementCount.begin()) {
            List<?> orders = (List<?>) ((Map<?, ?>) api.get(address)).get("resource");
            assertThat(orders).hasSize(1_000);
            assertThat(orders).allSatisfy(order -> {
                assertThat(((Map<?, ?>) order).get("customer_by_customer_id")).isInstanceOf(Map.class);
                assertThat((List<?>) ((Map<?, ?>) order).get("order_item_by_order_id"))
                        .hasSizeGreaterThanOrEqualTo(3);
            });
            assertThat(sent.executed()).as("statements that the driver sent").isEqualTo(3);
        }
    }

    @Test
    void identifiersThatAreNotThereCostNoStatementOfTheirOwn() {
        api.get("_table/product?ids=A-1");
        try (StatementCount sent = StatementCount.begin()) {
            assertThat(api.fails(Verb.GET, "_table/product?continue=true&ids=A-1,x,y,z", null)
                            .toString())
                    .contains("error=[1, 2, 3]");
            assertThat(sent.executed()).isEqualTo(1);
        }
        server.run(config, "CREATE TABLE padded (code char(5) PRIMARY KEY);\nINSERT INTO padded VALUES ('ab'), ('cd')");
        api.service().clearCache();
        is(api.get("_table/padded?ids=cd,ab"), "{`resource`:[{`code`:`cd   `},{`code`:`ab   `}]}");
    }

    /** The view fails at its 2,000th record, so that nothing may read so far. */
    @Test
    void theFirstOfManyIsFoundWithoutTheOthers() {
        server.run(
                config,
                "CREATE VIEW many AS SELECT n AS id, true AS active, 10 / (2000 - n) AS x FROM generate_series(1, 3000) n");
        api.service().clearCache();
        is(api.get("_table/many/true?id_field=active&fields=id"), "{`id`:1}");
        is(api.get("_table/many/true?id_field=active&fields=id,active,x"), "{`id`:1,`active`:true,`x`:0}");
        is(api.get("_table/many?ids=true&id_field=active&fields=id,x"), "{`resource`:[{`id`:1,`x`:0}]}");
    }

    @Test
    void oneFilterWritesNoMoreThanMemoryIsMeantToHold() {
        server.run(config, "INSERT INTO note (body) SELECT 'a' FROM generate_series(1, 100001)");
        assertThat(api.failure(Verb.PATCH, "_table/note?filter=body=a", "[{`body`:`c`}]"))
                .startsWith("400 More than 100000 records fit");
        assertThat(api.failure(Verb.DELETE, "_table/note?filter=body=a&id_field=body", null))
                .startsWith("400 More than 100000 records fit");
        is(api.get("_table/note?count_only=true&filter=body=a"), "100001");
        is(api.delete("_table/note?filter=id<3"), "{`resource`:[{`id`:1},{`id`:2}]}");
    }
}
