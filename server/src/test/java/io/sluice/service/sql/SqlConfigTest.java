package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SqliteFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlConfigTest {
    @TempDir
    Path folder;

    private String refusal(String type, Map<String, Object> config) {
        ServiceType found = SqlServiceTypes.all(List.of(folder.resolve("root"))).stream()
                .filter(each -> each.name().equals(type))
                .findFirst()
                .orElseThrow();
        ApiException e = catchThrowableOfType(
                ApiException.class,
                () -> found.open(new ServiceDefinition(1, "db", "", "", type, true, config))
                        .close());
        return e == null ? "" : e.error().status() + " " + e.error().message();
    }

    @Test
    void sqliteFilesLieBelowTheRoots() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("dangling.db"), outside.resolve("later.db"));
        assertThat(refusal("sqlite", Map.of("database", "a.db"))).isEmpty();
        assertThat(refusal("sqlite", Map.of("database", root.resolve("b.db").toString())))
                .isEmpty();
        for (String bad : List.of(
                ":memory:",
                "file:a.db",
                "../outside/a.db",
                outside.resolve("a.db").toString(),
                "link/a.db",
                "dangling.db",
                "/etc/passwd",
                "a.db?mode=memory",
                "..",
                "")) {
            assertThat(refusal("sqlite", Map.of("database", bad)))
                    .as(bad)
                    .startsWith("400 Config field 'database' of service 'db' ")
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void anAddressCannotCarryDriverProperties() {
        for (String type : List.of("pgsql", "mysql", "mariadb")) {
            for (Map<String, Object> config : List.<Map<String, Object>>of(
                    Map.of("database", "a?socketFactory=x"),
                    Map.of("database", "a", "host", "h/x?allowLocalInfile=true"),
                    Map.of("database", "a", "host", "a b"),
                    Map.of("database", "a", "port", "99999"),
                    Map.of("database", "a", "port", "1?x"),
                    Map.of("database", "a", "max_records", "-1"),
                    Map.of("database", "a", "timezone", "UTC -c x"),
                    Map.of("database", "a", "options", Map.of("socketFactory", "x")),
                    Map.of("host", "h"))) {
                assertThat(refusal(type, config)).as("%s %s", type, config).startsWith("400 ");
            }
            assertThat(refusal(type, Map.of("database", "a", "options", Map.of("tcpKeepAlive", "true"))))
                    .isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsDownIsUnavailable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        DatabaseServer nobody = new DatabaseServer() {
            @Override
            public String type() {
                return "pgsql";
            }

            @Override
            public Map<String, Object> newDatabase() {
                return Map.of();
            }

            @Override
            public void empty(Map<String, Object> config) {}

            @Override
            public void run(Map<String, Object> config, String statements) {}
        };
        try (SqlApi api = SqlApi.over(nobody, Map.of("database", "a", "port", port), folder)) {
            ApiException e = catchThrowableOfType(ApiException.class, () -> api.get("_table/x"));
            assertThat(e.error().status()).isEqualTo(503);
            assertThat(e.error().context()).isEqualTo(Map.of("reason", "database_unavailable"));
            assertThat(e.headers()).containsKey("Retry-After");
            assertThat(e.error().message()).doesNotContain(String.valueOf(port)).contains("'sample'");
            assertThat(api.service().events(api.request(Verb.GET, "_table/x", null)))
                    .hasSize(2);
        }
    }

    @Test
    void aWrongPasswordIsUnavailableWithoutDetails() {
        PostgresServer server = PostgresServer.get();
        Map<String, Object> config = new HashMap<>(server.newDatabase());
        config.put("username", "nobody_of_that_name");
        try (SqlApi api = SqlApi.over(server, config, folder)) {
            assertThat(api.failure(Verb.GET, "_table", null)).startsWith("503 ").doesNotContain("nobody_of");
        }
    }

    @Test
    void aStatementThatTakesTooLongIsBrokenOff() {
        SqliteFolder files = new SqliteFolder(folder);
        slow(files, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n");
        slow(PostgresServer.get(), "SELECT 1 AS i FROM pg_sleep(60)");
    }

    private void slow(DatabaseServer server, String query) {
        Map<String, Object> config = new HashMap<>(server.newDatabase());
        server.run(config, "CREATE VIEW slow AS " + query);
        config.put("timeout", 1);
        try (SqlApi api = SqlApi.over(server, config, folder)) {
            Map<String, Object> error = api.fails(Verb.GET, "_table/slow", null);
            assertThat(error.get("status_code").toString()).isEqualTo("504");
            assertThat(Optional.ofNullable(error.get("context")).toString()).contains("database_timeout");
            assertThat(api.get("_table?as_list=true").toString()).contains("slow");
        }
    }
}
