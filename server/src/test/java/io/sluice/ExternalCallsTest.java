package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.FarHost;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts reach beyond this server, seen through HTTP. 127.0.0.1 is allowed by setting, 127.0.0.2 by a record. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalCallsTest {
    private static final String PRE = "db._table.contact.get.pre_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data, Map.of(Setting.OUTBOUND_ALLOW, "127.0.0.1, *.inside.example"));
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

    /** What a call with that script in front answers. */
    private Api.Answer run(String content, Map<String, Object> more) {
        Map<String, Object> record = new HashMap<>(Map.of(
                "name",
                PRE,
                "type",
                "nodejs",
                "is_active",
                true,
                "allow_event_modification",
                true,
                "content",
                content));
        record.putAll(more);
        admin.post("system/event_script/" + PRE, record).ok();
        return admin.get("db/_table/contact");
    }

    private Api.Answer run(String content) {
        return run(content, Map.of("timeout_ms", 60_000));
    }

    @Test
    void callsOfOtherHostsAnswerAsInternalOnesDo() throws Exception {
        try (FarHost host = FarHost.saying(200, "Content-Type: application/json\r\nX-One: 1\r\n", "{\"a\":[1.50,2]}")) {
            Api.Answer answer = run("const r = platform.api.post('" + host.address() + "/p?x=1', {b: 'ü'},"
                    + " {headers: {'X-Mine': 7}, parameters: {'y z': 'a&b', l: [1]}});"
                    + " event.response = {content: {r, sum: r.content.a[0] + r.content.a[1]}}");
            assertThat(answer.ok().body())
                    .contains("\"status_code\":200")
                    .contains("\"content_type\":\"application/json\"")
                    .contains("\"x-one\":\"1\"")
                    .contains("\"sum\":3.5");
            FarHost.Got got = host.requests.getFirst();
            assertThat(got.method() + " " + got.path()).isEqualTo("POST /p?x=1&y%20z=a%26b&l%5B0%5D=1");
            assertThat(got.body()).isEqualTo("{\"b\":\"ü\"}");
            assertThat(got.headers())
                    .containsEntry("x-mine", "7")
                    .containsEntry("content-type", "application/json")
                    .doesNotContainKeys(
                            "x-dreamfactory-session-token", "x-dreamfactory-api-key", "authorization", "cookie");
        }
    }

    @Test
    void anErrorOfTheHostIsAnErrorResultAndNodesCallbackGetsItsText() throws Exception {
        try (FarHost host =
                FarHost.saying(418, "Content-Type: text/plain; charset=iso-8859-1\r\n", "short and stout")) {
            String address = host.address();
            assertThat(run("const r = platform.api.get('" + address
                                    + "'); event.response = {content: [r.status_code, r.content.error.message]}")
                            .body())
                    .isEqualTo("[418,\"short and stout\"]");
            assertThat(run("platform.api.get('" + address
                                    + "', (body, r) => { event.response = {content: [body, r.statusCode, r.statusMessage]} })")
                            .body())
                    .isEqualTo("[\"short and stout\",418,\"Reason\"]");
        }
    }

    @Test
    void curlOptionsThatMakeSenseHoldByNameAndNumber() throws Exception {
        try (FarHost host = FarHost.saying(302, "Location: /elsewhere\r\n", "")) {
            assertThat(run("const r = platform.api.post('" + host.address()
                                    + "', 'text', {CURLOPT_USERPWD: 'me:secret', 10023: ['X-A: 1', 'X-B: 2'],"
                                    + " CURLOPT_FOLLOWLOCATION: 0, CURLOPT_SSL_VERIFYPEER: false, 13: 20}); event.response = {content: r.status_code + ''}")
                            .body())
                    .contains("302");
            assertThat(host.requests).hasSize(1);
            assertThat(host.requests.getFirst().headers())
                    .containsEntry("authorization", "Basic bWU6c2VjcmV0")
                    .containsEntry("x-a", "1")
                    .containsEntry("x-b", "2");
            assertThat(run("event.response = {content: platform.api.get('" + host.address()
                                    + "', null, {CURLOPT_PROXY: 'x'}).content.error}")
                            .body())
                    .contains("CURLOPT_PROXY is not known");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:%d/", "http://169.254.169.254/", "http://[::1]:%d/", "http://10.0.0.1/"})
    void whatIsNotAllowedIsRefusedInBothWays(String address) throws Exception {
        try (FarHost host = FarHost.saying(200, "", "secret")) {
            String to = address.replace("%d", "" + host.port());
            assertThat(run("const r = platform.api.get('" + to + "'); event.response = {content: r.content.error}")
                            .body())
                    .contains("outbound_refused")
                    .contains("403");
            assertThat(run("try { await fetch('" + to
                                    + "') } catch (e) { event.response = {content: [e.name, e.message]} }")
                            .body())
                    .contains("TypeError", "is not called");
            assertThat(host.requests).isEmpty();
        }
    }

    @Test
    void theRecordOfAScriptOpensWhatItLists() throws Exception {
        try (FarHost host = FarHost.at("127.0.0.2", 0, javax.net.ServerSocketFactory.getDefault(), (request, out) -> {
            FarHost.reply(out, 200, "Connection: close\r\n", "inside");
            return false;
        })) {
            String script = "event.response = {content: [await (await fetch('" + host.address() + "')).text()]}";
            assertThat(run(script, Map.of("outbound", List.of("127.0.0.2"))).body())
                    .isEqualTo("[\"inside\"]");
            assertThat(run(script, Map.of("outbound", List.of())).status()).isEqualTo(500);
        }
    }

    @Test
    void aListThatIsNoneIsNotSaved() {
        Api.Answer refused = admin.post(
                "system/event_script/" + PRE,
                Map.of("name", PRE, "type", "nodejs", "content", "1", "outbound", List.of("https://api.example.com/")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("'https://api.example.com/'").contains("outbound");
    }

    @Test
    void otherSchemesAreNotCalled() {
        for (String address : List.of("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/")) {
            assertThat(run("event.response = {content: platform.api.get('" + address + "')}")
                            .body())
                    .contains("400")
                    .contains("http or https only");
        }
    }

    @Test
    void aSettingThatNamesNoHostKeepsTheServerFromStarting(@TempDir Path other) {
        assertThatThrownBy(() -> TestServer.start(other, Map.of(Setting.OUTBOUND_ALLOW, "10.0.0.0/8, http://x")))
                .hasMessageContaining("outbound.allow")
                .hasMessageContaining("'http://x'");
    }

    /** Its own address is another host like any other: no caller, no rights. */
    @Test
    void callsOfTheOwnAddressCarryNoCredentials() {
        assertThat(run("event.response = {content: platform.api.get('" + server.address()
                                + "/api/v2/db/_table/contact', null, {headers: {}})}")
                        .body())
                .contains("\"status_code\":40");
    }

    @Test
    void whatOneScriptKeepsAnotherFinds() {
        run("platform.store.set('shared', {n: 1}); event.response = {content: {}}")
                .ok();
        assertThat(
                        run("event.response = {content: [platform.store.get('shared').n, platform.store.get('none', 'x'), platform.store.delete('shared')]}")
                                .body())
                .isEqualTo("[1,\"x\",true]");
    }
}
