package io.sluice.service.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.testing.Api;
import io.sluice.testing.Api.Answer;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HTTP API behind a service, over real sockets. */
class RemoteServiceTest {
    @TempDir
    static Path data;

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final CountDownLatch END = new CountDownLatch(1);
    private static TestServer server;
    private static HttpServer far;
    private static Api admin;

    @BeforeAll
    static void start() throws IOException {
        far = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        far.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        far.createContext("/v1/echo", RemoteServiceTest::echo);
        far.createContext("/v1/text", call -> answer(call, 200, "text/plain", "see " + address() + "/v1/x"));
        far.createContext("/v1/broken", call -> answer(call, 200, "application/json", "{nope"));
        far.createContext("/v1/refuses", call -> answer(call, 418, "text/plain", "I am a teapot"));
        far.createContext("/v1/moved", call -> {
            call.getResponseHeaders().set("Location", "/v1/text");
            answer(call, 302, "text/plain", "");
        });
        far.createContext("/v1/away", call -> {
            call.getResponseHeaders()
                    .set("Location", "http://127.0.0.2:" + far.getAddress().getPort() + "/v1/text");
            answer(call, 302, "text/plain", "elsewhere");
        });
        far.createContext("/v1/breaks", call -> {
            CALLS.incrementAndGet();
            call.close();
        });
        far.createContext("/v1/trickle", RemoteServiceTest::trickle);
        far.start();
        server = TestServer.start(data);
        admin = server.admin();
        serve(
                "far",
                Map.of(
                        "base_url", address() + "/v1",
                        "headers",
                                List.of(
                                        Map.of("name", "X-Secret", "value", "s3", "action", 3),
                                        Map.of("name", "X-Mine", "pass_from_client", true)),
                        "parameters",
                                List.of(
                                        Map.of("name", "key", "value", "k1", "outbound", true),
                                        Map.of("name", "hidden", "exclude", true)),
                        "replace_link", true,
                        "options", Map.of("timeout", 1)));
    }

    private static String address() {
        return "http://127.0.0.1:" + far.getAddress().getPort();
    }

    private static Answer serve(String name, Map<String, Object> config) {
        return admin.post(
                "system/service",
                Api.one(Map.of("name", name, "label", name, "type", "rws", "is_active", true, "config", config)));
    }

    private static void echo(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder headers = new StringBuilder();
        call.getRequestHeaders()
                .forEach((name, values) -> headers.append(name.toLowerCase(java.util.Locale.ROOT))
                        .append(": ")
                        .append(values)
                        .append("; "));
        answer(
                call,
                201,
                "application/json; charset=utf-8",
                "{\"n\": 12345678901234567890, \"method\": \"" + call.getRequestMethod() + "\", \"target\": \""
                        + call.getRequestURI() + "\", \"headers\": \"" + headers + "\", \"body\": \""
                        + body.replace("\"", "'") + "\"}");
    }

    /** Some bytes, and then nothing until the test ends. */
    private static void trickle(HttpExchange call) throws IOException {
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, 0);
        call.getResponseBody().write('[');
        call.getResponseBody().flush();
        try {
            END.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange call, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", type);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @AfterAll
    static void stop() {
        END.countDown();
        server.close();
        far.stop(0);
    }

    @Test
    void whatIsNamedLikeACredentialIsMaskedAndAMaskKeepsWhatWasThere() {
        String mask = "**********";
        Map<String, Object> config = Map.of(
                "base_url",
                address() + "/v1",
                "headers",
                List.of(
                        Map.of("name", "Authorization", "value", "Bearer t0p"),
                        Map.of("name", "X-Plain", "value", "seen")),
                "parameters",
                List.of(Map.of("name", "api_key", "value", "k3y", "outbound", true)));
        long id = serve("guarded", config).expect(201).number("/resource/0/id");
        Answer shown = admin.get("system/service/" + id).ok();
        assertThat(shown.text("/config/headers/0/value")).isEqualTo(mask);
        assertThat(shown.text("/config/headers/1/value")).isEqualTo("seen");
        assertThat(shown.text("/config/parameters/0/value")).isEqualTo(mask);
        admin.patch(
                        "system/service/" + id,
                        Map.of(
                                "config",
                                Map.of(
                                        "headers",
                                        List.of(
                                                Map.of("name", "X-Token", "value", "new"),
                                                Map.of("name", "authorization", "value", mask)))))
                .ok();
        Answer sent = admin.get("guarded/echo").expect(201);
        assertThat(sent.text("/headers")).contains("authorization: [Bearer t0p]", "x-token: [new]");
        assertThat(sent.text("/target")).contains("api_key=k3y");
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "teller",
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "config",
                                Map.of("content", "console.log('it is Bearer t0p'); return 1;"))))
                .expect(201);
        admin.get("teller").ok();
        assertThat(admin.get("system/script/" + Api.encode("service:teller") + "/log")
                        .ok()
                        .body())
                .contains("it is " + mask)
                .doesNotContain("t0p");
        Answer refused = admin.patch(
                "system/service/" + id,
                Map.of("config", Map.of("headers", List.of(Map.of("name", "X-Other-Key", "value", mask)))));
        assertThat(refused.expect(400).text("/error/context/config/0")).contains("X-Other-Key", "is masked");
        assertThat(admin.get("guarded/echo").expect(201).text("/headers")).contains("authorization: [Bearer t0p]");
    }

    @Test
    void methodPathQueryAndBodyGoOut() {
        Answer answer = admin.with("X-Mine", "m").post("far/echo/a%20b?x=1%262&hidden=2&api_key=zzz", Map.of("a", 1));
        answer.expect(201);
        assertThat(answer.text("/method")).isEqualTo("POST");
        assertThat(answer.text("/target")).isEqualTo("/v1/echo/a%20b?x=1%262&key=k1");
        assertThat(answer.text("/body")).isEqualTo("{'a':1}");
        assertThat(answer.text("/headers"))
                .contains("x-secret: [s3]", "x-mine: [m]", "content-type: [application/json]");
        assertThat(answer.text("/headers")).doesNotContain("dreamfactory");
        assertThat(answer.body()).contains("12345678901234567890");
        assertThat(admin.delete("far/echo").text("/headers")).doesNotContain("x-secret");
    }

    @Test
    void theCallersKeyAndTokenStayHere() {
        String json =
                "{\"api_key\":\"zzz\",\"n\":12345678901234567890.5,\"session_token\":\"y\",\"in\":{\"api_key\":\"x\"}}";
        assertThat(admin.post("far/echo", json).expect(201).text("/body"))
                .isEqualTo("{'n':12345678901234567890.5,'in':{'api_key':'x'}}");
        Api form = admin.with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.send("POST", "far/echo", "a=1%262&api_key=zzz&b[]=x&session_token=y")
                        .text("/body"))
                .isEqualTo("a=1%262&b%5B%5D=x");
        assertThat(form.send("POST", "far/echo", "a=1+2&b[]=x").text("/body")).isEqualTo("a=1+2&b[]=x");
        Api xml = admin.with("Content-Type", "application/xml");
        assertThat(xml.send("POST", "far/echo", "<r><api_key>zzz</api_key></r>")
                        .expect(400)
                        .message())
                .contains("api_key")
                .doesNotContain("zzz");
        assertThat(xml.send("POST", "far/echo", "<r><a>1</a></r>").text("/body"))
                .isEqualTo("<r><a>1</a></r>");
    }

    @Test
    void textComesThroughAsItIsButForLinks() {
        Answer answer = admin.get("far/text").expect(200);
        assertThat(answer.body()).isEqualTo("see /api/v2/far/x");
        assertThat(answer.raw().headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(answer.raw().headers().firstValue("Content-Security-Policy")).contains("sandbox");
        assertThat(admin.get("far/broken").expect(200).body()).isEqualTo("{nope");
    }

    @Test
    void whatTheFarSideRefusesIsAnErrorWithItsStatus() {
        Answer answer = admin.get("far/refuses").expect(418);
        assertThat(answer.message()).isEqualTo("I am a teapot");
        assertThat(answer.number("/error/status_code")).isEqualTo(418);
    }

    @Test
    void redirectsStayOnTheHost() {
        assertThat(admin.get("far/moved").expect(200).body()).startsWith("see ");
        assertThat(admin.get("far/away").expect(302).message()).isEqualTo("elsewhere");
    }

    @Test
    void aBodyThatDoesNotEndIsNotWaitedFor() {
        Answer answer = admin.get("far/trickle").expect(503);
        assertThat(answer.text("/error/context/reason")).isEqualTo("remote_unavailable");
        assertThat(answer.message()).contains("did not answer within 1 seconds");
    }

    @Test
    void nothingListensThere() {
        serve("gone", Map.of("base_url", "http://127.0.0.1:1")).expect(201);
        Answer answer = admin.get("gone/x").expect(503);
        assertThat(answer.message()).isEqualTo("What stands behind the service 'gone' takes no connections.");
        assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aCallWithAKeyIsSentAgainOnlyWhereTheFarSideNeverHadIt() {
        serve("away", Map.of("base_url", "http://127.0.0.1:1")).expect(201);
        for (int i = 0; i < 2; i++) {
            admin.with("Idempotency-Key", "k").post("away/x", Map.of("a", 1)).expect(503);
            Answer broken = admin.with("Idempotency-Key", "k").post("far/breaks", Map.of("a", 1));
            assertThat(broken.expect(i == 0 ? 503 : 409).text("/error/context/reason"))
                    .isEqualTo(i == 0 ? "remote_unavailable" : "idempotency_outcome_unknown");
        }
        assertThat(CALLS).hasValue(1);
    }

    @Test
    void configThatCannotBeIsRefused() {
        Map<Map<String, Object>, String> wrong = new HashMap<>();
        wrong.put(Map.of("base_url", "http://169.254.169.254/latest"), "metadata");
        wrong.put(Map.of("base_url", "http://user:pass@example.com"), "credentials");
        wrong.put(Map.of("base_url", "file:///etc"), "http");
        wrong.put(
                Map.of("base_url", "http://example.com", "headers", List.of(Map.of("name", "Host", "value", "x"))),
                "Host");
        wrong.put(
                Map.of("base_url", "http://example.com", "headers", List.of(Map.of("name", "X", "value", "a\nb"))),
                "one line");
        for (String name : List.of("Authorization", "X-DreamFactory-Session-Token", "X-DreamFactory-API-Key")) {
            Map<String, Object> passed = Map.of("name", name, "pass_from_client", true);
            wrong.put(Map.of("base_url", "http://example.com", "headers", List.of(passed)), "login");
        }
        wrong.put(Map.of("base_url", "http://example.com", "options", Map.of("timeout", -1)), "timeout");
        wrong.forEach((config, word) -> assertThat(
                        serve("wrong", config).expect(400).text("/error/context/resource/0/message"))
                .contains(word));
    }

    @Test
    void scriptsSeeDataAndMayChangeIt() {
        admin.post(
                        "system/event_script/far.get.post_process",
                        Map.of(
                                "name", "far.get.post_process",
                                "type", "nodejs",
                                "is_active", true,
                                "allow_event_modification", true,
                                "content", "event.response.content = {was: event.response.content.method};"))
                .ok();
        assertThat(admin.get("far/echo").ok().text("/was")).isEqualTo("GET");
        admin.delete("system/event_script/far.get.post_process").ok();
    }
}
