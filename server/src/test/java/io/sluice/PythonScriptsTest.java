package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
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

/** Event scripts and script services in Python, through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonScriptsTest {
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
        save(PRE, "return None", Map.of());
        int status = admin.get("db/_table/contact?limit=1").status();
        assumeTrue(status != 501, "Python scripts cannot run on this machine");
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
                "python3",
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
    void aPostScriptEditsEachRow() {
        save(POST, "for r in event.response.content.resource:\n    r.twice = r['id'] * 2", Map.of());
        Api.Answer answer = admin.get("db/_table/contact?limit=2&order=id").ok();
        assertThat(answer.text("/resource/1/twice")).isEqualTo("4");
    }

    @Test
    void aPreScriptRefusesWithItsStatus() {
        save(PRE, "class No(Exception):\n    status_code = 422\nraise No('not today')", Map.of("type", "python"));
        assertThat(admin.get("db/_table/contact").expect(422).message()).isEqualTo("not today");
    }

    @Test
    void aScriptCallsTheApi() {
        save(
                POST,
                "r = platform.api.get('system/environment')\n"
                        + "n = platform.api.get('db/_table/contact', {'parameters': {'limit': 3, 'fields': 'id'}})\n"
                        + "return {'status': n.status, 'rows': len(n.json().resource), 'depth': 1}"
                        + " if 'limit' not in event.request.parameters else None",
                Map.of());
        Api.Answer answer = admin.get("db/_table/contact").ok();
        assertThat(answer.text("/rows")).isEqualTo("3");
        assertThat(answer.text("/status")).isEqualTo("200");
    }

    @Test
    void aTextThatDoesNotCompileIsRefusedWithItsLine() {
        save(POST, "x = 1\nif x\n    pass", Map.of());
        assertThat(admin.get("db/_table/contact").expect(500).message()).contains("line 2");
    }

    @Test
    void anEndlessLoopEndsWith504AndTheNextCallWorks() {
        save(PRE, "if 'loop' in event.request.parameters:\n    while True: pass", Map.of("timeout_ms", 1000));
        assertThat(admin.get("db/_table/contact?loop=1").expect(504).text("/error/context/reason"))
                .isEqualTo("script_timeout");
        save(PRE, "if 'loop' in event.request.parameters:\n    while True: pass", Map.of("timeout_ms", 60_000));
        admin.get("db/_table/contact?limit=1").ok();
    }

    @Test
    void aScriptServiceAnswers() {
        admin.post(
                        "system/service",
                        Map.of(
                                "resource",
                                List.of(Map.of(
                                        "name",
                                        "hello",
                                        "label",
                                        "Hello",
                                        "type",
                                        "python3",
                                        "is_active",
                                        true,
                                        "config",
                                        Map.of(
                                                "content",
                                                "return {'content': {'hello': event.resource}, 'status_code': 201}")))))
                .ok();
        assertThat(admin.get("hello/ada").expect(201).text("/hello")).isEqualTo("ada");
    }

    @Test
    void withoutPythonItSaysWhatToInstall(@TempDir Path other) throws Exception {
        try (TestServer without = TestServer.start(other, Map.of(Setting.SCRIPTS_PYTHON, "/nonexistent/python3"))) {
            SqliteSample.serve(without, other, 10);
            without.admin()
                    .post(
                            "system/event_script/" + PRE,
                            Map.of("name", PRE, "type", "python3", "is_active", true, "content", "return 1"))
                    .ok();
            Api.Answer answer = without.admin().get("db/_table/contact").expect(501);
            assertThat(answer.text("/error/context/reason")).isEqualTo("script_language_unavailable");
            assertThat(answer.message()).contains("apt install python3", "SLUICE_SCRIPTS_PYTHON");
        }
    }
}
