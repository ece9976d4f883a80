package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
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
}
