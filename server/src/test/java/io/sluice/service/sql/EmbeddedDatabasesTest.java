package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.Verb;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.EmbeddedFolder;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases inside the server reach no further than their file; JSON as trees; the fields that clients send. */
class EmbeddedDatabasesTest {
    @TempDir
    Path folder;

    @Test
    void aFileOfH2WithCodeOrFileFunctionsInItIsNotServed() {
        EmbeddedFolder files = EmbeddedFolder.h2(folder);
        Map<String, Object> plain = files.newDatabase();
        files.run(plain, "CREATE TABLE t (id int PRIMARY KEY)");
        try (SqlApi api = SqlApi.over(files, plain, folder)) {
            assertThat(api.get("_table?as_list=true").toString()).contains("t");
        }
        for (String hostile : List.of(
                "CREATE ALIAS f FOR \"java.lang.Math.abs(int)\"",
                "CREATE VIEW v AS SELECT * FROM CSVREAD('/etc/passwd')",
                "CREATE TABLE d (id int, v varchar DEFAULT CAST(FILE_READ('/etc/passwd') AS varchar))")) {
            Map<String, Object> config = files.newDatabase();
            files.run(config, hostile);
            try (SqlApi api = SqlApi.over(files, config, folder)) {
                assertThat(api.failure(Verb.GET, "_table", null)).as(hostile).startsWith("503 ");
            }
        }
    }

    @Test
    void duckDbReadsNoOtherFile() {
        EmbeddedFolder files = EmbeddedFolder.duckDb(folder);
        Map<String, Object> config = files.newDatabase();
        assertThatThrownBy(() -> files.run(config, "CREATE VIEW v AS SELECT * FROM read_text('/etc/passwd')"))
                .hasMessageContaining("Cannot access file");
    }

    @Test
    void databasesInThisProcessTakeNoStatementsAndNoOtherOptions() {
        for (String type : List.of("sqlite", "h2", "duckdb")) {
            assertThat(refusal(type, Map.of("database", "a", "statements", List.of("ATTACH 'x'"))))
                    .startsWith("400 Config field 'statements'");
            for (String option :
                    List.of("INIT", "TRACE_LEVEL_FILE", "enable_external_access", "enable_load_extension")) {
                assertThat(refusal(type, Map.of("database", "a", "options", Map.of(option, "x"))))
                        .as(option)
                        .startsWith("400 Option '" + option);
            }
            for (String bad : List.of(
                    ":memory:", "mem:a", "tcp://h/a", "a;INIT=x", "../a", "/etc/passwd", "file:a", "zip:/a!/b")) {
                assertThat(refusal(type, Map.of("database", bad))).as(bad).startsWith("400 Config field 'database'");
            }
        }
        assertThat(refusal("h2", Map.of("database", "a", "options", Map.of("MODE", "MySQL;INIT=x"))))
                .startsWith("400 ");
    }

    @Test
    void descriptorsOfOracleSayOnlyWhereTheServerIs() {
        String good = "(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=h)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=s)))";
        assertThat(refusal("oracle", Map.of("tns", good))).isEmpty();
        assertThat(refusal("oracle", Map.of("service_name", "s"))).isEmpty();
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("tns", good.replace("(CONNECT_DATA", "(SECURITY=(MY_WALLET_DIRECTORY=/etc))(CONNECT_DATA")),
                Map.of("tns", "alias"),
                Map.of("tns", good + "?TNS_ADMIN=/etc"),
                Map.of("service_name", "s)(SECURITY=x"),
                Map.of("service_name", "s", "protocol", "beq"),
                Map.of("host", "h"))) {
            assertThat(refusal("oracle", bad)).as("%s", bad).startsWith("400 ");
        }
        for (String bad : List.of("a;integratedSecurity=true", "a}b;c")) {
            assertThat(refusal("sqlsrv", Map.of("database", bad))).as(bad).startsWith("400 ");
        }
    }

    private String refusal(String type, Map<String, Object> config) {
        ServiceType found = SqlServiceTypes.all(List.of(folder)).stream()
                .filter(each -> each.name().equals(type))
                .findFirst()
                .orElseThrow();
        try {
            found.open(new ServiceDefinition(1, "db", "", "", type, true, config))
                    .close();
            return "";
        } catch (io.sluice.api.ApiException e) {
            return e.error().status() + " " + e.error().message();
        }
    }

    @Test
    void jsonTravelsAsTreesOnRequest() {
        Stream.of(
                        new SqliteFolder(folder),
                        EmbeddedFolder.h2(folder),
                        EmbeddedFolder.duckDb(folder),
                        PostgresServer.get())
                .forEach(this::trees);
    }

    private void trees(DatabaseServer server) {
        Map<String, Object> config = new HashMap<>(server.newDatabase());
        server.run(config, "CREATE TABLE doc (id integer PRIMARY KEY, body json)");
        config.put("native_json", true);
        try (SqlApi api = SqlApi.over(server, config, folder)) {
            for (String body : List.of(
                    "{`a`:[1,2.5,null,true],`n`:12345678901234567890123.5}",
                    "[]",
                    "`plain`",
                    "``",
                    "`{}`",
                    "5",
                    "false")) {
                String row = "{`id`:1,`body`:" + body + "}";
                assertThat(api.post("_table/doc?fields=*", "[" + row + "]"))
                        .as("%s %s", server.type(), body)
                        .isEqualTo(SqlApi.json("{`resource`:[" + row + "]}"));
                assertThat(api.get("_table/doc?fields=*")).isEqualTo(SqlApi.json("{`resource`:[" + row + "]}"));
                api.delete("_table/doc/1");
            }
        }
        config.remove("native_json");
        try (SqlApi api = SqlApi.over(server, config, folder)) {
            api.post("_table/doc", "[{`id`:1,`body`:`{\\\"a\\\":1}`}]");
            Map<?, ?> read = (Map<?, ?>) api.get("_table/doc/1");
            assertThat(SqlApi.json((String) read.get("body"))).isEqualTo(SqlApi.json("{`a`:1}"));
        }
    }
}
