package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.EmbeddedFolder;
import java.nio.file.Path;
import java.util.List;

class H2TypesTest extends TypesContract {
    @Override
    DatabaseServer server(Path root) {
        return EmbeddedFolder.h2(root);
    }

    @Override
    List<Case> cases() {
        return List.of(
                Case.whole("bigint", "-9223372036854775808", "9223372036854775807"),
                Case.whole("integer", "-2147483648", "2147483647"),
                Case.whole("smallint", "-32768", "32767"),
                Case.whole("tinyint", "-128", "127"),
                Case.decimal("numeric(60,10)", 60, 10),
                Case.fixed(
                        "decfloat(34)",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        new java.math.BigDecimal("1.5"),
                        new java.math.BigDecimal("1E+100")),
                Case.reals("double precision", "NaN", "Infinity", "-Infinity"),
                Case.singles("real", "NaN", "Infinity", "-Infinity"),
                Case.bool("boolean"),
                Case.text("varchar", 40),
                Case.text("clob", 60),
                Case.fixed("char(5)", "ab   ", "abcde"),
                Case.fixed("varchar_ignorecase(9)", "Ab"),
                Case.fixed("enum('x','y')", "x", "y"),
                Case.date("date", "-0043-03-15", "12026-01-01"),
                Case.time("time(9)", 9),
                Case.fixed("time with time zone", "10:20:30+02", "23:59:59-08:30"),
                Case.moment("timestamp(9)", 9, ""),
                Case.moment("timestamp", 6, ""),
                Case.moment("timestamp(9) with time zone", 9, "+00"),
                Case.binary("varbinary(300)", 200),
                Case.binary("blob", 200),
                Case.uuid("uuid"),
                Case.fixed("json", "{\"a\":[1,2.50]}", "null", "12345678901234567890.123"),
                Case.fixed("integer array", "[1,2,null]", "[]"),
                Case.fixed("varchar(20) array", "[\"a\",\"b,c\",null]"),
                Case.fixed("interval day to second", "INTERVAL '1 02:03:04.5' DAY TO SECOND"),
                Case.fixed("interval year to month", "INTERVAL '1-2' YEAR TO MONTH"),
                Case.fixed("geometry", "POINT (1 2)"));
    }
}
