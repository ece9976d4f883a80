package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiResponse;
import io.sluice.api.Format;
import io.sluice.api.RawExchange;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import io.sluice.http.HttpServer;
import io.sluice.http.HttpSettings;
import io.sluice.http.Route;
import io.sluice.observe.Observation;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SqliteFolder;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller who leaves in the middle of a very long answer ends its query and gives its connection back. */
@Timeout(120)
class CallerGoneTest {
    private static final int ENOUGH = 100_000;

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"NDJSON", "CSV"})
    void onPostgreSql(Format format) throws Exception {
        String endless = """
                CREATE VIEW endless AS
                SELECT i AS id, repeat('x', 200) AS body FROM (SELECT generate_series(1, 1000000000) AS i) numbers;
                """;
        leave(
                PostgresServer.get(),
                format,
                endless,
                config -> becomesZero(
                        connect("postgresql", config),
                        "SELECT count(*), pg_sleep(0.05) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'sluice' AND state <> 'idle'"));
    }

    @Test
    void onMariaDb() throws Exception {
        String endless =
                "CREATE VIEW endless AS SELECT seq AS id, repeat('x', 200) AS body FROM seq_1_to_1000000000;\n";
        leave(
                MariaServer.get(),
                Format.NDJSON,
                endless,
                config -> becomesZero(
                        connect("mariadb", config),
                        "SELECT count(*), sleep(0.05) FROM information_schema.processlist"
                                + " WHERE db = DATABASE() AND command <> 'Sleep' AND id <> CONNECTION_ID()"));
    }

    @Test
    void onSqlite() throws Exception {
        String endless = """
                CREATE VIEW endless AS WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 1000000000)
                SELECT i AS id, hex(zeroblob(100)) AS body FROM numbers;
                """;
        leave(new SqliteFolder(root), Format.NDJSON, endless, config -> {});
    }

    /** What the database has to say for itself, while the service goes on. */
    private interface Check {
        void of(Map<String, Object> config) throws SQLException;
    }

    private void leave(DatabaseServer database, Format format, String statements, Check check) throws Exception {
        Map<String, Object> config = new HashMap<>(database.newDatabase());
        database.run(config, statements);
        config.put("max_records", 1_000_000_000);
        BlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
        try (SqlApi api = SqlApi.over(database, config, root)) {
            HttpServer http = new HttpServer(
                    new HttpSettings("127.0.0.1", 0),
                    List.of(Route.tree("/api", exchange -> answer(api, exchange, format))),
                    observed::add);
            http.start();
            try {
                readSome(http.address().getPort());
                assertThat(observed.poll(60, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Observation.CallAnswered.class,
                                call -> assertThat(call.status()).isEqualTo(499));
                assertThat(api.service().database().pool().active())
                        .as("connections in use")
                        .isZero();
                check.of(config);
                assertThat(api.get("_table/endless?fields=id&limit=1").toString())
                        .contains("id=1");
            } finally {
                http.stop();
            }
        }
    }

    private static ApiResponse answer(SqlApi api, RawExchange exchange, Format format) {
        ServiceRequest plain = api.request(Verb.GET, "_table/endless", null);
        ServiceRequest asked = new ServiceRequest(
                plain.verb(),
                plain.version(),
                plain.service(),
                plain.resource(),
                plain.parameters(),
                exchange.headers(),
                plain.body(),
                plain.uri(),
                plain.caller(),
                plain.rights(),
                exchange.remoteAddress(),
                format);
        return new ApiResponse(200, Map.of(), api.service().handle(asked).content(), format, false);
    }

    private static void readSome(int port) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET /api/v2/x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(ENOUGH)).hasSize(ENOUGH);
        }
    }

    private static Connection connect(String kind, Map<String, Object> config) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + kind + "://" + config.get("host") + ":" + config.get("port") + "/" + config.get("database"),
                String.valueOf(config.get("username")),
                String.valueOf(config.get("password")));
    }

    /** The query itself waits a little, so that this does not ask in a hurry. */
    private static void becomesZero(Connection connection, String query) throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (connection;
                Statement statement = connection.createStatement()) {
            long busy = count(statement, query);
            while (busy > 0 && System.nanoTime() - end < 0) {
                busy = count(statement, query);
            }
            assertThat(busy).as("queries that still run").isZero();
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
