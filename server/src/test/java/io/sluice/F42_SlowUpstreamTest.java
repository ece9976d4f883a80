package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.FarHost;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault F42: a script that calls a host which never comes to an end still ends by its own limit, and the server goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class F42_SlowUpstreamTest {
    private static final String PRE = "db._table.contact.get.pre_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data, Map.of(Setting.OUTBOUND_ALLOW, "127.0.0.1"));
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "silent, api",
        "silent, callback",
        "silent, fetch",
        "silent, together",
        "drips, api",
        "drips, fetch",
        "drips, together"
    })
    void theScriptEndsByItsLimit(String host, String way) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost far = FarHost.start((request, out) -> {
            if (host.equals("drips")) {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                while (!end.await(10, TimeUnit.MILLISECONDS)) {
                    out.write('.');
                    out.flush();
                }
            }
            end.await();
            return false;
        })) {
            String call = switch (way) {
                case "api" -> "platform.api.get('A'); while (true) {}";
                case "callback" -> "platform.api.get('A', () => { while (true) {} })";
                case "fetch" -> "await (await fetch('A')).text()";
                default -> "await Promise.allSettled([1, 2, 3, 4, 5, 6, 7, 8, 9].map(n => fetch('A' + n)))";
            };
            admin.post(
                            "system/event_script/" + PRE,
                            Map.of(
                                    "name",
                                    PRE,
                                    "type",
                                    "nodejs",
                                    "is_active",
                                    true,
                                    "timeout_ms",
                                    500,
                                    "content",
                                    "if (event.request.parameters.slow) { " + call.replace("A", far.address() + "/")
                                            + " }"))
                    .ok();
            Api.Answer ended = admin.get("db/_table/contact?slow=1").expect(504);
            assertThat(ended.text("/error/context/reason")).isEqualTo("script_timeout");
            assertThat(far.requests).isNotEmpty();
            admin.get("db/_table/contact").ok();
            end.countDown();
        }
    }
}
