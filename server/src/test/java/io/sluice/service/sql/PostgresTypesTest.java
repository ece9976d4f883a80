package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;

class PostgresTypesTest extends TypesContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }

    @Override
    String before() {
        return "CREATE TYPE mood AS ENUM ('sad', 'happy');\nCREATE TYPE pair AS (a int, b text);";
    }

    @Override
    List<Case> cases() {
        return List.of(
                Case.whole("bigint", "-9223372036854775808", "9223372036854775807"),
                Case.whole("integer", "-2147483648", "2147483647"),
                Case.whole("smallint", "-32768", "32767"),
                Case.decimal("numeric(60,10)", 60, 10),
                Case.fixed("numeric", "NaN", "Infinity", "-Infinity", new java.math.BigDecimal("0." + "1".repeat(200))),
                Case.reals("double precision", "NaN", "Infinity", "-Infinity"),
                Case.singles("real", "NaN", "Infinity", "-Infinity"),
                Case.decimal("money", 18, 2),
                Case.bool("boolean"),
                Case.text("text", 40),
                Case.text("varchar(100)", 60),
                Case.fixed("char(5)", "ab   ", "abcde"),
                Case.date("date", "infinity", "-infinity", "0044-03-15 BC", "12026-01-01"),
                Case.time("time", 6),
                Case.fixed("timetz", "10:20:30+02", "10:20:30.123456-08", "00:00:00+00"),
                Case.moment("timestamp", 6, "", "infinity", "0044-03-15 12:00:00 BC"),
                Case.moment("timestamptz", 6, "+00", "-infinity"),
                Case.fixed("interval", "1 year 2 mons 3 days 04:05:06.789", "-00:00:01", "00:00:00"),
                Case.binary("bytea", 200),
                Case.uuid("uuid"),
                Case.fixed("json", "{\"a\" : [1, 2.50]}", "null", "12345678901234567890.123"),
                Case.fixed("jsonb", "{\"a\": [1, 2.50]}", "\"x\""),
                Case.fixed("int[]", "{1,2,NULL}", "{}", "{{1,2},{3,4}}", "[2:3]={1,2}"),
                Case.fixed("text[]", "{a,\"b c\",\"d\\\"e\",NULL}"),
                Case.fixed("mood", "sad", "happy"),
                Case.fixed("pair", "(1,\"a b\")", "(,)"),
                Case.fixed("int4range", "[1,5)", "empty"),
                Case.fixed("inet", "10.0.0.1", "2001:db8::/32"),
                Case.fixed("macaddr", "08:00:2b:01:02:03"),
                Case.fixed("bit(4)", "0101"),
                Case.fixed("bit varying(9)", "10"),
                Case.fixed("point", "(1,2)", "(1.5,-2)"),
                Case.fixed("box", "(3,4),(1,2)"),
                Case.fixed("xml", "<a>1</a>"),
                Case.fixed("tsvector", "'a' 'b'"));
    }
}
