package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.GithubHost;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What scripts cannot do to the server and to each other, seen through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptLimitsTest {
    private static final String PRE = "db._table.contact.get.pre_process";
    private static final String POST = "db._table.contact.get.post_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 100);
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

    private void save(String name, String content, Map<String, Object> more) {
        Map<String, Object> record = new HashMap<>(Map.of(
                "name",
                name,
                "type",
                "nodejs",
                "is_active",
                true,
                "allow_event_modification",
                true,
                "content",
                content));
        record.putAll(more);
        admin.post("system/event_script/" + name, record).ok();
    }

    @Test
    void anEndlessLoopEndsWith504AndTheNextCallWorks() {
        save(PRE, "if (event.request.parameters.loop) while (true) {}", Map.of("timeout_ms", 300));
        Api.Answer ended = admin.get("db/_table/contact?loop=1").expect(504);
        assertThat(ended.text("/error/context/reason")).isEqualTo("script_timeout");
        assertThat(ended.message()).contains("300");
        admin.get("db/_table/contact?limit=1").ok();
    }

    @Test
    void anAllocationBombHurtsNoOtherCall() throws Exception {
        save(
                PRE,
                "if (event.request.parameters.bomb) { const a = []; while (true) a.push(new Array(1000).fill(7)); }",
                Map.of("timeout_ms", 20_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> bombs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                bombs.add(threads.submit(() -> admin.get("db/_table/contact?bomb=1")));
            }
            for (int i = 0; i < 50; i++) {
                admin.get("db/_schema/contact").ok();
            }
            for (Future<Api.Answer> bomb : bombs) {
                assertThat(bomb.get().status()).isEqualTo(500);
                assertThat(bomb.get().text("/error/context/reason")).isEqualTo("script_memory");
            }
        }
        admin.get("db/_table/contact?limit=1").ok();
    }

    @Test
    void aScriptThatCallsItsOwnCallEndsAtTheDepthLimit() {
        save(
                POST,
                "event.response.content = platform.api.get('db/_table/contact?limit=1');",
                Map.of("timeout_ms", 20_000));
        String body = admin.get("db/_table/contact?limit=1").body();
        assertThat(body).contains("508");
    }

    @Test
    void nestedCallsActWithTheCallersRightsAndCannotWriteToSystem() {
        save(
                PRE,
                "event.response = {content: platform.api.post('system/role', {resource: [{name: 'made by script'}]})};",
                Map.of());
        assertThat(admin.get("db/_table/contact").number("/status_code")).isEqualTo(403);
        assertThat(admin.get("system/role?as_list=true&filter=name%3D%27made%20by%20script%27")
                        .body())
                .doesNotContain("script");
        save(PRE, "event.response = {content: platform.api.get('http://127.0.0.1:1/')};", Map.of());
        assertThat(admin.get("db/_table/contact").number("/status_code")).isEqualTo(403);
    }

    @Test
    void secretsOfTheCallerDoNotReachTheScript() {
        save(PRE, "event.response = {content: {all: JSON.stringify([event.request, platform.session])}};", Map.of());
        Api.Answer answer =
                admin.get("db/_table/contact?api_key=abcdef0123456789").ok();
        String token = admin.get("system/admin/session").ok().text("/session_token");
        assertThat(answer.body()).doesNotContain(token).doesNotContain("abcdef0123456789");
    }

    @Test
    void badStatusesAndHeadersOfAScriptAreErrors() {
        save(POST, "event.response.status_code = 999;", Map.of());
        assertThat(admin.get("db/_table/contact?limit=1").expect(500).message()).contains("999");
        save(POST, "event.response.headers = {'X-A': 'a\\r\\nSet-Cookie: b'};", Map.of());
        assertThat(admin.get("db/_table/contact?limit=1").expect(500).message()).contains("X-A");
        save(POST, "event.response.headers = {'X-Made-By': 'script'};", Map.of());
        assertThat(admin.get("db/_table/contact?limit=1").ok().raw().headers().firstValue("X-Made-By"))
                .contains("script");
    }

    @Test
    void twoHundredCallersOfAColdLinkedScriptCauseOneFetch() throws Exception {
        try (GithubHost host = GithubHost.start()) {
            host.commit("acme/scripts", "main", "cold.js", "event.response.content.cold = true;", "Cold");
            long hub = admin.post(
                            "system/service",
                            Api.one(Map.of(
                                    "name",
                                    "hub",
                                    "label",
                                    "Hub",
                                    "type",
                                    "github",
                                    "is_active",
                                    true,
                                    "config",
                                    Map.of(
                                            "vendor",
                                            "acme",
                                            "token",
                                            "t",
                                            "base_url",
                                            host.uri().toString()))))
                    .expect(201)
                    .number("/resource/0/id");
            save(
                    POST,
                    "",
                    Map.of(
                            "storage_service_id",
                            hub,
                            "scm_repository",
                            "scripts",
                            "scm_reference",
                            "main",
                            "storage_path",
                            "cold.js"));
            CountDownLatch together = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Api.Answer>> calls = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    calls.add(threads.submit(() -> {
                        together.await();
                        return admin.get("db/_table/contact?limit=1");
                    }));
                }
                together.countDown();
                for (Future<Api.Answer> call : calls) {
                    assertThat(call.get().ok().at("/cold").asBoolean()).isTrue();
                }
            }
            assertThat(host.asked().stream().filter(asked -> asked.path().contains("cold.js")))
                    .hasSize(1);
            admin.delete("system/event_script/" + POST).ok();
            admin.delete("system/service/" + hub).ok();
        }
    }

    @Test
    void aServiceWithLinkedScriptsCannotBeDeleted() throws Exception {
        admin.post("files/linked/", null);
        admin.with("Content-Type", "text/plain")
                .post("files/linked/a.js", "return 1;")
                .expect(201);
        long files = admin.get("system/service?fields=id&filter=name%3D%27files%27")
                .ok()
                .number("/resource/0/id");
        save(POST, "", Map.of("storage_service_id", files, "storage_path", "linked/a.js"));
        long mine = admin.post(
                        "system/service",
                        Api.one(Map.of("name", "mine", "type", "local_file", "config", Map.of("container", "linked"))))
                .expect(201)
                .number("/resource/0/id");
        save(POST, "", Map.of("storage_service_id", mine, "storage_path", "a.js"));
        assertThat(admin.delete("system/service/" + mine).expect(409).message()).contains(POST);
        admin.delete("system/event_script/" + POST).ok();
        admin.delete("system/service/" + mine).ok();
    }
}
