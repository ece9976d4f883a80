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

/** Event scripts and script services in PHP, through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhpScriptsTest {
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
        save(PRE, "return;", Map.of());
        int status = admin.get("db/_table/contact?limit=1").status();
        assumeTrue(status != 501, "PHP scripts cannot run on this machine");
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
                "name", name, "type", "php", "is_active", true, "allow_event_modification", true, "content", content));
        record.putAll(more);
        admin.post("system/event_script/" + name, record).ok();
    }

    @Test
    void aPostScriptEditsEachRow() {
        save(
                POST,
                "<?php\nforeach ($event['response']['content']['resource'] as &$r) { $r['twice'] = $r['id'] * 2; }\n?>",
                Map.of());
        Api.Answer answer = admin.get("db/_table/contact?limit=2&order=id").ok();
        assertThat(answer.text("/resource/1/twice")).isEqualTo("4");
    }

    @Test
    void aPreScriptRefusesWithItsStatus() {
        save(PRE, "throw new \\DreamFactory\\Core\\Exceptions\\ForbiddenException('not today');", Map.of());
        assertThat(admin.get("db/_table/contact").expect(403).message()).isEqualTo("not today");
    }

    @Test
    void aScriptCallsTheApiAndScriptsOfThatCallRun() {
        save(
                POST,
                "if (isset($event['request']['parameters']['limit'])) { $event['response']['content']['inner'] = true; return; }\n"
                        + "$get = $platform['api']->get;\n"
                        + "$a = $get('db/_table/contact', null, ['parameters' => ['limit' => 3, 'fields' => 'id']]);\n"
                        + "$b = $platform['api']->get('db/_table/nosuch');\n"
                        + "return ['rows' => count($a['content']['resource']), 'inner' => $a['content']['inner'], 'missing' => $b['status_code']];",
                Map.of());
        Api.Answer answer = admin.get("db/_table/contact").ok();
        assertThat(answer.text("/rows")).isEqualTo("3");
        assertThat(answer.text("/inner")).isEqualTo("true");
        assertThat(answer.text("/missing")).isEqualTo("404");
    }

    @Test
    void aTextThatDoesNotCompileIsRefusedWithItsLine() {
        save(POST, "$x = 1;\nif $x {}", Map.of());
        assertThat(admin.get("db/_table/contact").expect(500).message()).contains("line 2");
    }

    @Test
    void anEndlessLoopEndsWith504AndTheNextCallWorks() {
        save(PRE, "if (isset($event['request']['parameters']['loop'])) while (true);", Map.of("timeout_ms", 1000));
        assertThat(admin.get("db/_table/contact?loop=1").expect(504).text("/error/context/reason"))
                .isEqualTo("script_timeout");
        save(PRE, "if (isset($event['request']['parameters']['loop'])) while (true);", Map.of("timeout_ms", 60_000));
        admin.get("db/_table/contact?limit=1").ok();
    }

    @Test
    void aMemoryBombEndsWithItsReason() {
        save(PRE, "$a = []; while (true) $a[] = str_repeat('x', 1000);", Map.of("memory_mb", 32, "timeout_ms", 60_000));
        assertThat(admin.get("db/_table/contact").expect(500).text("/error/context/reason"))
                .isEqualTo("script_memory");
    }

    @Test
    void aScriptServiceAnswers() {
        admin.post(
                        "system/service",
                        Map.of(
                                "resource",
                                List.of(
                                        Map.of(
                                                "name",
                                                "hello",
                                                "label",
                                                "Hello",
                                                "type",
                                                "php",
                                                "is_active",
                                                true,
                                                "config",
                                                Map.of(
                                                        "content",
                                                        "return ['content' => ['hello' => $event['resource']], 'status_code' => 201];")))))
                .ok();
        assertThat(admin.get("hello/ada").expect(201).text("/hello")).isEqualTo("ada");
    }

    @Test
    void withoutPhpItSaysWhatToInstall(@TempDir Path other) throws Exception {
        try (TestServer without = TestServer.start(other, Map.of(Setting.SCRIPTS_PHP, "/nonexistent/php-fpm"))) {
            SqliteSample.serve(without, other, 10);
            without.admin()
                    .post(
                            "system/event_script/" + PRE,
                            Map.of("name", PRE, "type", "php", "is_active", true, "content", "return 1;"))
                    .ok();
            Api.Answer answer = without.admin().get("db/_table/contact").expect(501);
            assertThat(answer.text("/error/context/reason")).isEqualTo("script_language_unavailable");
            assertThat(answer.message()).contains("apt install php-fpm", "SLUICE_SCRIPTS_PHP");
        }
    }
}
