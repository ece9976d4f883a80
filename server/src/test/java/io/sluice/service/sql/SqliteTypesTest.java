package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;
import java.util.List;

class SqliteTypesTest extends TypesContract {
    @Override
    DatabaseServer server(Path root) {
        return new SqliteFolder(root);
    }

    @Override
    List<Case> cases() {
        return List.of(
                Case.whole("bigint", "-9223372036854775808", "9223372036854775807"),
                Case.whole("integer", "-9223372036854775808", "9223372036854775807"),
                Case.reals("double"),
                Case.bool("boolean"),
                Case.text("text", 40),
                Case.text("varchar(60)", 60),
                Case.date("date"),
                Case.time("time", 3),
                Case.moment("datetime", 6, ""),
                Case.binary("blob", 200),
                Case.uuid("uuid"),
                Case.fixed("json", "{\"a\": [1, 2.50]}", "null"),
                Case.fixed("decimal(10,2)", 1.25, -99999999.99, 0),
                Case.fixed("anything", "text", "é"));
    }
}
