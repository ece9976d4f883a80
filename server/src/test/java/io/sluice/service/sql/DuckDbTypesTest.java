package io.sluice.service.sql;

import io.sluice.testing.DatabaseServer;
import io.sluice.testing.EmbeddedFolder;
import java.nio.file.Path;
import java.util.List;

class DuckDbTypesTest extends TypesContract {
    @Override
    DatabaseServer server(Path root) {
        return EmbeddedFolder.duckDb(root);
    }

    @Override
    List<Case> cases() {
        return List.of(
                Case.whole("bigint", "-9223372036854775808", "9223372036854775807"),
                Case.whole("ubigint", "0", "18446744073709551615"),
                Case.whole(
                        "hugeint",
                        "-170141183460469231731687303715884105727",
                        "170141183460469231731687303715884105727"),
                Case.whole("uhugeint", "0", "340282366920938463463374607431768211455"),
                Case.whole("integer", "-2147483648", "2147483647"),
                Case.whole("uinteger", "0", "4294967295"),
                Case.whole("smallint", "-32768", "32767"),
                Case.whole("tinyint", "-128", "127"),
                Case.decimal("decimal(38,10)", 38, 10),
                Case.reals("double", "NaN", "Infinity", "-Infinity"),
                Case.singles("float", "NaN", "Infinity", "-Infinity"),
                Case.bool("boolean"),
                Case.text("varchar", 40),
                Case.fixed("enum('x','y')", "x", "y"),
                Case.date("date", "infinity", "0044-03-15 (BC)"),
                Case.time("time", 6),
                Case.fixed("timetz", "10:20:30+02", "23:59:59-08:30"),
                Case.moment("timestamp", 6, "", "infinity"),
                Case.moment("timestamp_ns", 9, ""),
                Case.moment("timestamptz", 6, "+00"),
                Case.binary("blob", 200),
                Case.uuid("uuid"),
                Case.fixed("json", "{\"a\": [1, 2.50]}", "null"),
                Case.fixed("integer[]", "[1, 2, NULL]", "[]"),
                Case.fixed("varchar[]", "[a, 'b,c', NULL]"),
                Case.fixed("struct(a integer, b varchar)", "{'a': 1, 'b': x y}"),
                Case.fixed("map(varchar, integer)", "{a=1, b=2}"),
                Case.fixed("interval", "1 year 2 months 3 days 04:05:06", "00:00:01.5"),
                Case.fixed("bit", "0101"));
    }
}
