package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.DropInDrivers;
import io.sluice.service.sql.dialect.Oracle;
import io.sluice.service.sql.dialect.SqlServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL Server and Oracle cannot be had for tests. What we send them is held against statements that were read by eye; that a
 * server takes them is not shown here.
 */
class RecordedSqlTest {
    @TempDir
    Path folder;

    private static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }

    private static List<Object> named(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return row(map);
    }

    private static RecordedServer sample(Dialect dialect, String schema, String[] columns, Object[][] types) {
        RecordedServer server = new RecordedServer(dialect)
                .answer("SCHEMA", row(schema))
                .answer(
                        "LEFT JOIN sys.extended_properties p\n    ON p.class = 1 AND p.major_id = o.object_id",
                        row(schema, columns[0], 0, null))
                .answer("all_tab_comments", row(schema, columns[0], 0, null))
                .answer(
                        "getPrimaryKeys " + columns[0],
                        named("KEY_SEQ", 1, "COLUMN_NAME", columns[1], "PK_NAME", "pk_customer"))
                .answer("generated", row(7));
        List<?>[] rows = new List<?>[types.length];
        for (int i = 0; i < types.length; i++) {
            rows[i] = row(
                    columns[i + 1],
                    types[i][0],
                    types[i].length > 1 ? types[i][1] : null,
                    i == 0 ? 0 : 1,
                    i == 0 ? 1 : 0,
                    0,
                    null);
        }
        return server.answer("[String " + schema + ", String " + columns[0] + "]", rows);
    }

    private void recorded(String file, RecordedServer server, Map<String, Object> config, String table, String[] names)
            throws IOException {
        try (SqlApi api = SqlApi.over(server.dialect(), config)) {
            String at = "_table/" + table;
            api.get(at + "?limit=2");
            api.get(at + "?limit=2&offset=4&order=" + names[1] + " desc nulls last&fields=" + names[1]);
            api.get(at + "?distinct=true&fields=" + names[1] + "&limit=3");
            api.get(at + "?fields=" + names[1] + ",COUNT(*),MAX(" + names[3] + ")&group=" + names[1] + "&filter="
                    + names[2] + "=true");
            api.get(at + "?count_only=true&filter=(" + names[1] + " starts with 'a') and (" + names[3]
                    + " > '2026-01-02')");
            api.get(at + "?include_count=true&filter=" + names[0] + " contains 4&limit=1");
            api.failure(Verb.GET, at + "/5", null);
            api.post(
                    at,
                    "[{`" + names[1] + "`:`Ann`,`" + names[2] + "`:true,`" + names[3] + "`:`2026-01-02T03:04:05.678Z`,`"
                            + names[4] + "`:12345678901234567890.5}]");
            api.patch(at + "?rollback=true", "[{`" + names[0] + "`:3,`" + names[3] + "`:null}]");
            api.failure(Verb.DELETE, at + "/5", null);
            api.delete(at + "?force=true");
            api.post(
                    "_schema",
                    "{`resource`:[{`name`:`made`,`description`:`it's`,`field`:[{`name`:`id`,`type`:`id`},{`name`:`title`,`type`:`string`,`size`:40,`default`:`it's`},"
                            + "{`name`:`n`,`type`:`bigint`,`allow_null`:true},{`name`:`price`,`type`:`decimal`,`precision`:8,`scale`:3},{`name`:`ok`,`type`:`boolean`,`default`:true},"
                            + "{`name`:`at`,`type`:`timestamp_on_create`},{`name`:`raw`,`type`:`binary`},{`name`:`body`,`type`:`text`},{`name`:`u`,`type`:`uuid`},{`name`:`d`,`type`:`double`}]}]}");
            api.post("_schema/" + table + "/_field", "[{`name`:`more`,`type`:`integer`,`allow_null`:true}]");
        }
        String actual = server.transcript();
        Path now = Path.of("target", "sql", file);
        Files.createDirectories(now.getParent());
        Files.writeString(now, actual);
        assertThat(actual)
                .as("statements for %s; those of now are in target/sql", file)
                .isEqualTo(expected(file));
    }

    private static String expected(String file) throws IOException {
        try (InputStream in = RecordedSqlTest.class.getResourceAsStream("/sql/" + file)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void sqlServer() throws IOException {
        String[] columns = {"customer", "id", "name", "active", "seen_at", "credit", "place", "doc"};
        RecordedServer server = sample(new SqlServer(), "dbo", columns, new Object[][] {
            {"int"},
            {"nvarchar(60)", "(N'new')"},
            {"bit", "((1))"},
            {"datetime2(3)"},
            {"decimal(30,10)"},
            {"geography"},
            {"xml"}
        });
        recorded(
                "sqlsrv/customer.sql",
                server,
                Map.of("database", "shop"),
                "customer",
                Arrays.copyOfRange(columns, 1, 6));
    }

    @Test
    void oracle() throws IOException {
        String[] columns = {"CUSTOMER", "ID", "NAME", "ACTIVE", "SEEN_AT", "CREDIT", "BORN", "DOC"};
        RecordedServer server = sample(new Oracle(new DropInDrivers(folder)), "SHOP", columns, new Object[][] {
            {"NUMBER(10,0)"},
            {"VARCHAR2(60)", "'new' "},
            {"NUMBER(1,0)", "1"},
            {"TIMESTAMP(3)"},
            {"NUMBER"},
            {"DATE"},
            {"JSON"}
        });
        recorded(
                "oracle/customer.sql",
                server,
                Map.of("service_name", "XEPDB1", "schema", "SHOP"),
                "CUSTOMER",
                Arrays.copyOfRange(columns, 1, 6));
    }
}
