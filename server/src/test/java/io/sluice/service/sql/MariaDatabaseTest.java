package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MariaDatabaseTest extends DatabaseContract {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }

    @Test
    void theDatabaseDecidesWhichTextsAreEqual() {
        is(api.get("_table/product?ids=c-3,a-1&fields=sku"), "{`resource`:[{`sku`:`C-3`},{`sku`:`A-1`}]}");
    }

    @Test
    void typesOfItsOwn() {
        server.run(config, """
                CREATE TABLE kinds (id int PRIMARY KEY, big bigint, huge bigint unsigned, tiny tinyint(1), small tinyint, flag bit(1),
                  yr year, kind enum('a','b'), raw varbinary(20), d double, f float, t time, j json, u uuid, dt datetime(3));
                """);
        String row = """
                {`id`:1,`big`:9223372036854775807,`huge`:18446744073709551615,`tiny`:true,`small`:5,`flag`:true,`yr`:2026,`kind`:`b`,
                 `raw`:`AQID`,`d`:0.1,`f`:1.5,`t`:`10:20:30`,`j`:`[1]`,`u`:`123e4567-e89b-12d3-a456-426614174000`,`dt`:`2026-01-02 03:04:05.678`}""";
        is(api.post("_table/kinds?fields=*", "[" + row + "]"), "{`resource`:[" + row + "]}");
        is(
                api.get(
                        "_table/kinds?fields=id&filter=(huge=18446744073709551615) and (tiny=true) and (flag=1) and (kind=b)"),
                "{`resource`:[{`id`:1}]}");
        is(
                api.get("_table/kinds?fields=id&filter=(t='10:20:30') and (yr=2026) and (dt>'2026-01-02T03:04:05Z')"),
                "{`resource`:[{`id`:1}]}");
    }
}
