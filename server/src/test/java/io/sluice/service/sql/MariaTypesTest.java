package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;
import java.util.List;

class MariaTypesTest extends TypesContract {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }

    @Override
    List<Case> cases() {
        return List.of(
                Case.whole("bigint", "-9223372036854775808", "9223372036854775807"),
                Case.whole("bigint unsigned", "0", "18446744073709551615"),
                Case.whole("int", "-2147483648", "2147483647"),
                Case.whole("int unsigned", "0", "4294967295"),
                Case.whole("mediumint", "-8388608", "8388607"),
                Case.whole("smallint", "-32768", "32767"),
                Case.whole("tinyint", "-128", "127"),
                Case.decimal("decimal(65,10)", 65, 10),
                Case.reals("double"),
                Case.singles("float"),
                Case.bool("tinyint(1)"),
                Case.bool("bit(1)"),
                Case.fixed("bit(16)", "Af8=", "AAA="),
                Case.text("text", 40),
                Case.text("varchar(100)", 60),
                Case.fixed("char(5)", "ab", "abcde"),
                Case.fixed("longtext", "x".repeat(70_000)),
                Case.fixed("enum('a','b')", "a", "b"),
                Case.fixed("set('a','b')", "a,b", "a"),
                Case.date("date"),
                Case.time("time(6)", 6),
                Case.fixed("time", "-838:59:59", "838:59:59", "00:00:00"),
                Case.moment("datetime(6)", 6, ""),
                Case.moment("datetime", 0, ""),
                Case.moment("timestamp(3) NULL", 3, ""),
                Case.fixed("year", 1901, 2155, 0),
                Case.binary("varbinary(200)", 200),
                Case.binary("longblob", 200),
                Case.fixed("json", "{\"a\": [1, 2.50]}", "null"),
                Case.uuid("uuid"),
                Case.fixed("inet6", "2001:db8::1"),
                Case.fixed("point", "POINT(1 2)"),
                Case.fixed("polygon", "POLYGON((0 0,0 1,1 1,0 0))"));
    }
}
