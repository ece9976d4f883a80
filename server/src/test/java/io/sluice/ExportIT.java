package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.ServerProcess;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million rows out of a server whose heap would not hold a tenth of them. How fast is measured in {@code bench}. */
@Timeout(300)
class ExportIT {
    private static final int HEAP_MIB = 128;
    private static final int ROWS = 1_000_000;
    private static final String TABLE = """
            CREATE TABLE reading AS SELECT i AS id, 'sensor ' || i % 1000 AS name, i / 8.0 AS value, i % 2 = 0 AS ok,
              timestamp '2026-01-01' + i * interval '1 second' AS at, repeat('x', i % 50) AS note
            FROM generate_series(1, 1000000) i;
            ALTER TABLE reading ADD PRIMARY KEY (id);
            """;

    @TempDir
    Path data;

    private ServerProcess server;
    private Api admin;
    private String token;

    @BeforeEach
    void start() throws IOException {
        Map<String, Object> config = new HashMap<>(PostgresServer.get().newDatabase());
        PostgresServer.get().run(config, TABLE);
        config.put("max_records", 2 * ROWS);
        server = ServerProcess.jarWithHeap(
                HEAP_MIB,
                Map.of("SLUICE_ADMIN_EMAIL", TestServer.EMAIL, "SLUICE_ADMIN_PASSWORD", TestServer.PASSWORD),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                data.toString());
        Api anyone = Api.at(server.address());
        token = anyone.post("system/admin/session", Map.of("email", TestServer.EMAIL, "password", TestServer.PASSWORD))
                .ok()
                .text("/session_token");
        admin = anyone.withToken(token);
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name", "db", "label", "db", "type", "pgsql", "is_active", true, "config", config)))
                .ok();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void aMillionRowsGoThroughASmallHeap(TestReporter reporter) throws Exception {
        assertThat(lines("application/x-ndjson", "", reporter)).isEqualTo(ROWS);
        assertThat(lines("text/csv", "", reporter)).isEqualTo(ROWS + 1);
        assertThat(lines("application/x-ndjson", "?limit=150000&order=id&offset=7", reporter))
                .isEqualTo(150_000);
        Api.Answer list =
                admin.get("db/_table/reading?limit=150000&fields=id&order=id").ok();
        assertThat(list.at("/resource")).hasSize(100_000);
        assertThat(list.number("/meta/count")).isEqualTo(ROWS);
        assertThat(list.number("/meta/next")).isEqualTo(100_000);
        assertThat(server.output()).doesNotContain("OutOfMemoryError");
    }

    /** How many line ends the answer has; it must end with one. */
    private long lines(String type, String query, TestReporter reporter) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/v2/db/_table/reading" + query))
                .header("X-DreamFactory-Session-Token", token)
                .header("Accept", type)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            long began = System.nanoTime();
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            try (InputStream body = response.body()) {
                byte[] buffer = new byte[64 << 10];
                int size = body.read(buffer);
                long firstByte = System.nanoTime();
                long lines = 0;
                int last = -1;
                while (size > 0) {
                    for (int i = 0; i < size; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                    last = buffer[size - 1];
                    size = body.read(buffer);
                }
                assertThat(last).isEqualTo('\n');
                reporter.publishEntry(
                        type + query,
                        String.format(
                                Locale.ROOT,
                                "first byte after %.1f ms, all after %.2f s",
                                (firstByte - began) / 1e6,
                                (System.nanoTime() - began) / 1e9));
                return lines;
            }
        }
    }
}
