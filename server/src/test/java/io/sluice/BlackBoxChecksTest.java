package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.GithubHost;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a server must answer so that scripts and webhooks of an existing installation work on it: the checks in their order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackBoxChecksTest {
    private static final String PRE = "db._table.contact.get.pre_process";
    private static final String POST = "db._table.contact.get.post_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private long files;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
        files = id("files");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    private long id(String service) {
        return admin.get("system/service?fields=id&filter=name%3D%27" + service + "%27")
                .ok()
                .number("/resource/0/id");
    }

    private void save(String name, Map<String, Object> more) {
        Map<String, Object> record = new HashMap<>(
                Map.of("name", name, "type", "nodejs", "is_active", true, "allow_event_modification", true));
        record.putAll(more);
        admin.post("system/event_script/" + Api.encode(name), record).ok();
    }

    private void save(String name, String content) {
        save(name, Map.of("content", content));
    }

    private void write(String path, String text) {
        admin.with("Content-Type", "text/plain").put("files/" + path, text).ok();
    }

    private void service(String name, Map<String, Object> config) {
        admin.post(
                        "system/service",
                        Api.one(Map.of("name", name, "type", "nodejs", "is_active", true, "config", config)))
                .expect(201);
    }

    @Test
    void check01_aPostScriptChangesTheAnswerOnlyWhenItMay() {
        String script = "for (const one of event.response.content.resource) one.extra = 1;";
        save(POST, script);
        assertThat(admin.get("db/_table/contact").ok().column("extra")).containsExactly("1", "1", "1");
        save(POST, Map.of("content", script, "allow_event_modification", false));
        assertThat(admin.get("db/_table/contact").ok().body()).doesNotContain("extra");
    }

    @Test
    void check02_aPreScriptThatThrowsKeepsTheWorkFromBeingDone() {
        save("db._table.contact.post.pre_process", "throw new Error('no');");
        save("db._table.contact.post.post_process", "event.response.headers = {'X-Post': event.response.status_code};");
        Api.Answer answer = admin.post("db/_table/contact", Api.one(Map.of("name", "never"))).expect(500);
        assertThat(answer.json().at("/error").propertyNames()).contains("code", "context", "message", "status_code");
        assertThat(answer.message()).isEqualTo("no");
        assertThat(answer.raw().headers().firstValue("X-Post")).contains("500");
        assertThat(admin.get("db/_table/contact?filter=name%3Dnever").ok().at("/resource").size()).isZero();
    }

    @Test
    void check03_aPreScriptAnswersInPlaceOfTheService() {
        save("db._table.contact.post.pre_process", "event.response = {content: {a: 1}, status_code: 418};");
        assertThat(admin.post("db/_table/contact", Api.one(Map.of("name", "never"))).expect(418).body())
                .isEqualTo("{\"a\":1}");
        assertThat(admin.get("db/_table/contact?filter=name%3Dnever").ok().at("/resource").size()).isZero();
    }

    @Test
    void check04_genericBeforeConcrete() {
        save("db._table.{table_name}.get.post_process", "event.response.content = {seen: ['generic']};");
        save(POST, "event.response.content.seen.push('concrete');");
        assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"seen\":[\"generic\",\"concrete\"]}");
    }

    @Test
    void check05_anInactiveScriptIsNotRun() {
        save(PRE, Map.of("content", "throw new Error('no');", "is_active", false));
        admin.get("db/_table/contact").ok();
    }

    private String key(int verbs, String component) {
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "hook " + component,
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id",
                                        id("system"),
                                        "component",
                                        component,
                                        "verb_mask",
                                        verbs,
                                        "requestor_mask",
                                        1)))))
                .ok()
                .number("/resource/0/id");
        return admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "hook " + component, "is_active", true, "role_id", role, "type", 0)))
                .ok()
                .text("/resource/0/api_key");
    }

    @Test
    void check06_to_10_cachedForEverAndClearedByTheOldAddresses() {
        write("check.js", "event.response.content = {v: 1};");
        write("own.js", "return {v: 1};");
        save(POST, Map.of("storage_service_id", files, "storage_path", "check.js"));
        service("linked", Map.of("content", "", "storage_service_id", files, "storage_path", "own.js"));
        save("linked.get.post_process", Map.of("storage_service_id", files, "storage_path", "check.js"));
        String hook = key(16, "cache/*");
        Api anyone = server.anonymous().with("X-GitHub-Event", "ping");

        assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"v\":1}");
        admin.get("linked").ok();
        write("check.js", "event.response.content = {v: 2};");
        assertThat(admin.get("db/_table/contact").ok().body()).as("6: the old text still runs").isEqualTo("{\"v\":1}");
        for (String body : List.of("{\"zen\":\"ping\"}", "{\"ref\":\"refs/heads/main\"}")) {
            Api.Answer cleared = anyone.post(
                    "system/cache/_event/" + POST + "?api_key=" + hook + "&method=DELETE", body);
            assertThat(cleared.expect(200).body()).as("10: ping and push alike").isEqualTo("{\"success\":true}");
        }
        assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"v\":2}");

        write("own.js", "return {v: 3};");
        anyone.post("system/cache/linked?api_key=" + hook + "&method=DELETE", "{}").expect(200);
        assertThat(admin.get("linked").ok().body())
                .as("7: the service's own text is new, that of its event script is not")
                .isEqualTo("{\"v\":1}");
        save("linked.get.post_process", Map.of("storage_service_id", files, "storage_path", "check.js", "is_active", false));
        assertThat(admin.get("linked").ok().body()).isEqualTo("{\"v\":3}");

        write("check.js", "event.response.content = {v: 4};");
        save(POST, Map.of("storage_service_id", files, "storage_path", "check.js"));
        assertThat(admin.get("db/_table/contact").ok().body()).as("8: saving clears").isEqualTo("{\"v\":4}");
        write("check.js", "event.response.content = {v: 5};");
        admin.delete("system/cache").ok();
        assertThat(admin.get("db/_table/contact").ok().body()).as("8: all").isEqualTo("{\"v\":5}");

        String narrow = key(1, "cache/other");
        anyone.post("system/cache/linked?api_key=" + narrow + "&method=DELETE", "{}").expect(401);
        anyone.post("system/cache/linked?api_key=unknown&method=DELETE", "{}").expect(400);
        anyone.post("system/cache/linked?method=DELETE", "{}").expect(400);
        anyone.post("system/cache/nosuch?api_key=" + hook + "&method=DELETE", "{}").expect(404);
    }

    @Test
    void check11_whatAScriptServiceAnswers() {
        service("says", Map.of("content", "if (event.request.method == 'POST') return {content: {a: 1}, status_code: 201};"));
        assertThat(admin.get("says").expect(200).body()).isEqualTo("null");
        assertThat(admin.post("says", "{}").expect(201).body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void check12_anAnswerSetLaterCountsAndTheLastOneDoes() {
        service(
                "later",
                Map.of(
                        "content",
                        "setTimeout(() => event.setResponse({n: 1}, 202), 1); setTimeout(() => event.setResponse({n: 2}, 203), 20);"));
        assertThat(admin.get("later").expect(203).body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void check13_theOrderOfTheEventList() {
        assertThat(admin.get("system/event?service=db&scriptable=true&as_list=true").ok().body())
                .startsWith("{\"resource\":[\"db.get\",\"db.get.pre_process\",\"db.get.post_process\",\"db.get.queued\",");
    }

    @Test
    void check14_savingTwiceMakesThenReplaces() {
        Map<String, Object> record = Map.of("name", POST, "type", "nodejs", "content", "1");
        assertThat(admin.post("system/event_script/" + POST, record).status()).isEqualTo(201);
        assertThat(admin.post("system/event_script/" + POST, record).status()).isEqualTo(200);
    }

    @Test
    void check15_aFileOfARepositoryIsItsText() throws Exception {
        try (GithubHost host = GithubHost.start()) {
            host.commit("acme/scripts", "main", "lib/a.js", "return 'text';", "A");
            admin.post(
                            "system/service",
                            Api.one(Map.of(
                                    "name",
                                    "hub",
                                    "type",
                                    "github",
                                    "is_active",
                                    true,
                                    "config",
                                    Map.of("vendor", "acme", "token", "t", "base_url", host.uri().toString()))))
                    .expect(201);
            assertThat(admin.get("hub/_repo/scripts/lib/a.js?branch=main&content=true").ok().body())
                    .isEqualTo("return 'text';");
        }
    }

    @Test
    void check16_aFileWithItsProperties() {
        write("props.js", "return 16;");
        assertThat(admin.get("files/props.js?include_properties=1&content=1").ok().text("/content"))
                .isEqualTo(Base64.getEncoder().encodeToString("return 16;".getBytes(StandardCharsets.UTF_8)));
    }
}
