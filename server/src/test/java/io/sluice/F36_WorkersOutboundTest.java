package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.FarHost;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults F17 and F36 for scripts in worker processes: they reach the hosts that their record lists, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class F36_WorkersOutboundTest {
    private static final String PRE = "db._table.contact.get.pre_process";

    /** The answer of the address, or what stood in the way. */
    private static final String PYTHON = """
            import urllib.request, urllib.error
            def get(address):
                try:
                    return urllib.request.urlopen(address, timeout=20).read().decode()
                except urllib.error.HTTPError as e:
                    return str(e.code) + ' ' + e.read().decode()
                except OSError as e:
                    return 'no way: ' + str(e)
            """;

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    private Api.Answer run(String type, String content, Map<String, Object> more) {
        save(type, content, more);
        return call();
    }

    private void save(String type, String content, Map<String, Object> more) {
        Map<String, Object> record =
                new HashMap<>(Map.of("name", PRE, "type", type, "is_active", true, "allow_event_modification", true));
        record.putAll(Map.of("content", content, "timeout_ms", 60_000));
        record.putAll(more);
        admin.post("system/event_script/" + PRE, record).ok();
    }

    private Api.Answer call() {
        Api.Answer answer = admin.get("db/_table/contact");
        assumeTrue(answer.status() != 501, () -> "such scripts cannot run here: " + answer.message());
        return answer;
    }

    /** What a script in Python says of addresses. */
    private String python(String rest, Object... outbound) {
        return run("python3", PYTHON + rest, Map.of("outbound", List.of(outbound)))
                .ok()
                .body();
    }

    private static String answering(String expression) {
        return "event.setResponse({'said': " + expression + "})";
    }

    private static FarHost saying(String address, String words) throws IOException {
        return FarHost.at(address, 0, ServerSocketFactory.getDefault(), (request, out) -> {
            FarHost.reply(out, 200, "Connection: close\r\n", words);
            return false;
        });
    }

    @Test
    void pythonReachesListedHostsWithItsOwnLibraries() throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside");
                FarHost other = saying("127.0.0.2", "secret")) {
            String said = python(
                    answering("[get('" + listed.address() + "/x'), get('http://localhost:" + listed.port() + "'), get('"
                            + other.address() + "'), get('https://127.0.0.2:" + other.port() + "')]"),
                    "127.0.0.1",
                    "localhost",
                    "::1");
            assertThat(said)
                    .contains("[\"inside\",\"inside\",\"403 127.0.0.2 is not called")
                    .contains("no way: <urlopen error Tunnel connection failed: 403 127.0.0.2 is not called");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void pythonReachesThemWithRequests() throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside")) {
            String said = python("""
                    try:
                        import requests
                    except ImportError:
                        event.setResponse({'said': 'none'})
                        return
                    event.setResponse({'said': [requests.post('%s', json={}).text, requests.get('http://10.0.0.1').status_code]})
                    """.formatted(listed.address()), "127.0.0.1");
            assumeFalse(said.contains("none"), "Python has no requests here");
            assertThat(said).contains("[\"inside\",403]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "strict"})
    void theNetworkItselfStaysEmpty(String isolation) throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside")) {
            String script = PYTHON + """
                    import os, socket
                    def direct(host, port):
                        try:
                            socket.create_connection((host, port), 5).close()
                            return 'open'
                        except OSError as e:
                            return 'shut'
                    processes = [p for p in os.listdir('/proc') if p.isdigit()]
                    names = [open('/proc/' + p + '/cmdline').read() for p in processes]
                    """
                    + "event.setResponse({'said': [direct('127.0.0.1', " + listed.port() + "), direct('1.1.1.1', 53),"
                    + " len(open('/proc/net/dev').readlines()), os.path.exists('/tmp/s'),"
                    + " any('forward' in n or 'out-' in n for n in names), get('" + listed.address() + "')]})";
            Map<String, Object> more = Map.of("outbound", List.of("127.0.0.1"), "isolation", isolation);
            assertThat(run("python3", script, more).ok().body())
                    .contains("[\"shut\",\"shut\",3,false,false,\"inside\"]");
        }
    }

    /** A worker ends everything that it sees after a strict run; and no run gives back what it holds. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "strict"})
    void noRunTakesTheWayOutFromTheNext(String isolation) throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside")) {
            save(
                    "python3",
                    PYTHON + answering("get('" + listed.address() + "')") + "\n"
                            + "import json, socket\n"
                            + "json.held = [socket.create_connection(('127.0.0.1', 3128)) for n in range(40)]\n",
                    Map.of("outbound", List.of("127.0.0.1"), "isolation", isolation));
            for (int i = 0; i < 3; i++) {
                assertThat(call().ok().body()).contains("inside");
            }
            assertThat(listed.requests).hasSize(3);
        }
    }

    @Test
    void withoutAListThereIsNoNetworkAtAll() throws IOException {
        try (FarHost host = saying("127.0.0.1", "inside")) {
            String look =
                    "import os, socket\ntry:\n    socket.create_connection(('127.0.0.1', 3128), 5)\n    there = True\n"
                            + "except OSError:\n    there = False\n";
            String said =
                    python(look + answering("[there, 'http_proxy' in os.environ, get('" + host.address() + "')[:6]]"));
            assertThat(said).contains("[false,false,\"no way\"]");
            assertThat(host.requests).isEmpty();
        }
    }

    @Test
    void anotherListHoldsFromTheNextRunOn() throws IOException {
        try (FarHost one = saying("127.0.0.1", "one");
                FarHost two = saying("127.0.0.2", "two")) {
            String both = answering("[get('" + one.address() + "')[:3], get('" + two.address() + "')[:3]]");
            assertThat(python(both, "127.0.0.1")).contains("[\"one\",\"403\"]");
            Map<String, Object> other = Map.of("outbound", List.of("127.0.0.2"));
            admin.patch("system/event_script/" + PRE, other).ok();
            assertThat(call().ok().body()).contains("[\"403\",\"two\"]");
            admin.patch("system/event_script/" + PRE, Map.of("outbound", List.of()))
                    .ok();
            assertThat(call().ok().body()).contains("[\"no \",\"no \"]");
        }
    }

    @Test
    void metadataServicesAreNeverReached() {
        assertThat(python(answering("get('http://169.254.169.254/latest/')"), "169.254.169.254", "0.0.0.0/0"))
                .contains("403 169.254.169.254 is not called");
    }

    @Test
    void theEndOfTheRunEndsItsConnections() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger gone = new AtomicInteger();
        try (FarHost host = FarHost.start((request, out) -> {
            try {
                while (!end.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    out.write("x".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                gone.incrementAndGet();
            }
            return false;
        })) {
            String said = python("""
                    import socket, builtins
                    kept = socket.create_connection(('127.0.0.1', 3128))
                    kept.sendall(b'CONNECT 127.0.0.1:%d HTTP/1.1\\r\\n\\r\\nGET / HTTP/1.1\\r\\n\\r\\n')
                    heard = b''
                    while b'xx' not in heard:
                        heard += kept.recv(100)
                    import json
                    json.kept = kept
                    event.setResponse({'said': 'left open'})
                    """.formatted(host.port()), "127.0.0.1");
            assertThat(said).contains("left open");
            Eventually.is("the connection ends with the run", () -> gone.get() == 1);
            end.countDown();
        }
    }

    @Test
    void aDryRunReachesNothing() throws IOException {
        try (FarHost host = saying("127.0.0.1", "inside")) {
            save("python3", PYTHON + "return get('" + host.address() + "')", Map.of("outbound", List.of("127.0.0.1")));
            assertThat(call().status()).isNotEqualTo(501);
            int before = host.requests.size();
            Api.Answer dry = admin.post("system/script/event:" + PRE + "/run", Map.of());
            assertThat(dry.ok().text("/result")).startsWith("no way");
            assertThat(host.requests).hasSize(before);
        }
    }

    @Test
    void phpReachesListedHostsWithAddressesAsFiles() throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside");
                FarHost other = saying("127.0.0.2", "secret")) {
            Api.Answer answer = run(
                    "php", """
                    $get = fn ($address) => @file_get_contents($address, false, stream_context_get_default(['http' => ['ignore_errors' => true]]));
                    $event['response'] = ['content' => ['said' => [
                        file_get_contents('%s/x'), $get('%s'), function_exists('fsockopen'), is_readable('/etc/passwd')]]];
                    """.formatted(listed.address(), other.address()), Map.of("outbound", List.of("127.0.0.1")));
            assumePhpHasAWayOut(answer);
            assertThat(answer.ok().body()).contains("[\"inside\",\"127.0.0.2 is not called");
            assertThat(answer.body()).contains(",false,false]");
            assertThat(listed.requests.getFirst().path()).isEqualTo("/x");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void phpReachesThemWithCurl() throws IOException {
        try (FarHost listed = saying("127.0.0.1", "inside")) {
            Api.Answer answer = run("php", """
                    if (!function_exists('curl_init')) {
                        $event['response'] = ['content' => ['said' => 'no curl']];
                        return;
                    }
                    $get = function ($address) {
                        $curl = curl_init($address);
                        curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
                        return [curl_exec($curl), curl_getinfo($curl, CURLINFO_RESPONSE_CODE)];
                    };
                    $event['response'] = ['content' => ['said' => [$get('%s'), $get('http://10.0.0.1/')[1]]]];
                    """.formatted(listed.address()), Map.of("outbound", List.of("127.0.0.1")));
            assumePhpHasAWayOut(answer);
            assumeFalse(answer.body().contains("no curl"), "PHP has no curl here");
            assertThat(answer.ok().body()).contains("[[\"inside\",200],403]");
        }
    }

    private void assumePhpHasAWayOut(Api.Answer answer) {
        String log = admin.get("system/script/event:" + PRE + "/log").ok().body();
        assumeFalse(log.contains("are not reached"), () -> "there is no php of the command line: " + answer.body());
    }

    @Test
    void phpWithoutAListHasNoAddresses() {
        Api.Answer answer = run(
                "php",
                "$event['response'] = ['content' => ['said' => [ini_get('allow_url_fopen'), getenv('http_proxy'),"
                        + " function_exists('curl_init')]]];",
                Map.of());
        assertThat(answer.ok().body()).contains("[\"0\",false,false]");
    }
}
