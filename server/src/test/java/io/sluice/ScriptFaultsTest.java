package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that do what they should not: the faults F37 to F40, seen through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptFaultsTest {
    private static final String PRE = "db._table.contact.get.pre_process";
    private static final String POST = "db._table.contact.get.post_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private long db;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 5);
        admin = server.admin();
        db = admin.get("system/service?fields=id&filter=name%3D%27db%27").ok().number("/resource/0/id");
        service("loop", "return platform.api.get('loop').content;", Map.of("timeout_ms", 20_000));
        service("endless", "while (true) {}", Map.of("timeout_ms", 300_000));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    private void service(String name, String content, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("content", content);
        admin.post(
                        "system/service",
                        Api.one(Map.of("name", name, "type", "nodejs", "is_active", true, "config", config)))
                .expect(201);
    }

    private void save(String name, String content) {
        save(name, content, Map.of());
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
    void F37_aServiceThatCallsItselfEndsIn508() {
        Api.Answer ended = admin.get("loop").expect(508);
        assertThat(ended.text("/error/context/reason")).isEqualTo("script_depth");
    }

    @Test
    void F37_theWholeTreeOfCallsSharesOneTime() {
        save(PRE, "platform.api.get('endless'); event.response = {content: {late: true}};", Map.of("timeout_ms", 100));
        for (int i = 0; i < 20; i++) { // both end at the same moment, in one order or the other
            Api.Answer ended = admin.get("db/_table/contact").expect(504);
            assertThat(ended.text("/error/context/reason")).isEqualTo("script_timeout");
            assertThat(ended.message()).contains("100 ms");
        }
    }

    /** The rights were looked at before, and a script cannot change what they were looked at for. */
    @Test
    void F38_aPreScriptThatMakesItselfAnotherGainsNothing() {
        Api reader = server.anonymous().withKey(readerOfContacts());
        save(PRE, """
                event.request.resource = '_schema'; event.request.service = 'system'; event.request.uri = '/api/v2/system/admin';
                event.resource = 'other'; event.request.user = {id: 1, is_sys_admin: true};
                platform.session.user = {id: 1, is_sys_admin: true}; platform.session.role = {id: 999, services: []};
                platform.session.requestor = 'API'; event.request.headers['x-dreamfactory-session-token'] = 'other';
                event.request.parameters.api_key = 'other';
                event.response = {content: {
                  schema: platform.api.get('db/_schema/contact').status_code,
                  admins: platform.api.get('system/admin', {headers: {'X-DreamFactory-API-Key': 'other'}}).status_code,
                  contacts: platform.api.get('db/_table/contact?limit=1&fields=id').status_code}};
                """);
        // the nested read would run this script again, without end
        save(PRE, scriptOf(PRE).replace("event.response =", "if (!event.request.parameters.limit) event.response ="));
        assertThat(reader.get("db/_table/contact").ok().body())
                .isEqualTo("{\"schema\":403,\"admins\":403,\"contacts\":200}".replace("403", refusal(reader)));
        save(PRE, "event.request.resource = '_schema/contact'; event.request.uri = '/api/v2/db/_schema/contact';");
        assertThat(reader.get("db/_table/contact?limit=1").ok().column("id")).containsExactly("1");
        save(PRE, "event.request.method = 'DELETE'; event.request.parameters.force = true;");
        assertThat(reader.get("db/_table/contact").status()).isEqualTo(403);
        removeScripts();
        assertThat(admin.get("db/_table/contact").ok().column("id")).hasSize(5);
    }

    /** What this caller is told without any script. */
    private static String refusal(Api reader) {
        return String.valueOf(reader.get("db/_schema/contact").status());
    }

    private String scriptOf(String name) {
        return admin.get("system/event_script/" + name).ok().text("/content");
    }

    private String readerOfContacts() {
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "reader",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id",
                                        db,
                                        "component",
                                        "_table/contact/*",
                                        "verb_mask",
                                        1,
                                        "requestor_mask",
                                        3)))))
                .ok()
                .number("/resource/0/id");
        return admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "reader", "is_active", true, "role_id", role, "type", 0)))
                .ok()
                .text("/resource/0/api_key");
    }

    @Test
    void F39_whatWasDoneBeforeAScriptThrewStandsAndIsTold() {
        save(
                PRE,
                "platform.api.get('db/_table/contact/1');"
                        + " platform.api.post('db/_table/contact?fields=id', {resource: [{name: 'half'}]});"
                        + " platform.api.patch('db/_table/contact/77777', {name: 'nobody'});\nthrow new Error('then no');");
        server.observed().forget();
        assertThat(admin.get("db/_table/contact?limit=1").expect(500).message()).isEqualTo("then no");
        String told = server.observed().of(Observation.ScriptRan.class).stream()
                .filter(run ->
                        run.script().equals("event:" + PRE) && !run.outcome().equals("ok"))
                .findFirst()
                .orElseThrow()
                .outcome();
        assertThat(told)
                .contains("then no")
                .contains("before it did POST db/_table/contact 20")
                .doesNotContain("fields=")
                .doesNotContain("77777");
        assertThat(admin.get("system/script/" + Api.encode("event:" + PRE) + "/log")
                        .ok()
                        .body())
                .contains("before it did POST db/_table/contact");
        removeScripts();
        assertThat(admin.get("db/_table/contact?filter=name%3Dhalf").ok().column("name"))
                .containsExactly("half");
        admin.delete("db/_table/contact?filter=name%3Dhalf").ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status_code = 999",
                "status_code = 42",
                "status_code = 'abc'",
                "status_code = 200.5",
                "status_code = {}",
                "headers = {'X-A': 'a\\r\\nSet-Cookie: b=c'}",
                "headers = {'X-A': 'snow \\u2603'}",
                "headers = {'X-A\\r\\nX-B': 'a'}",
                "headers = {'X-A': 'x'.repeat(9000)}",
                "content_type = 'text/plain\\r\\nX-B: c'"
            })
    void F40_whatHttpDoesNotAllowIsA500WithAReason(String edit) {
        save(POST, "event.response." + edit + ";");
        Api.Answer refused = admin.get("db/_table/contact?limit=1").expect(500);
        assertThat(refused.text("/error/context/reason")).isEqualTo("script_answer");
        assertThat(refused.raw().headers().map()).doesNotContainKeys("X-B", "Set-Cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.response.content = 'x'.repeat(1 << 29) + 'x'.repeat(1 << 29);",
                "event.response.content = Array(1 << 26).fill('0123456789abcdef').join('');",
                "const a = []; for (;;) a.push('0123456789abcdef'.repeat(4096)); event.response.content = a;"
            })
    void F40_aGigabyteOfOutputIsA500AndTheNextCallWorks(String script) {
        save(POST, "if (event.request.parameters.flood) { " + script + " }", Map.of("timeout_ms", 60_000));
        Api.Answer refused = admin.get("db/_table/contact?limit=1&flood=1").expect(500);
        assertThat(refused.body().length()).isLessThan(10_000);
        admin.get("db/_table/contact?limit=1").ok();
    }

    /** Half a surrogate pair is no text; what is sent is text all the same. */
    @Test
    void F40_whatIsNoUnicodeIsSentAsUnicode() {
        save(POST, "event.response.content = {text: 'a\\ud800b'};");
        assertThat(admin.get("db/_table/contact?limit=1").ok().text("/text")).startsWith("a").endsWith("b").hasSize(3);
        save(POST, "event.response.content = 'a\\ud800b'; event.response.content_type = 'text/plain';");
        assertThat(admin.get("db/_table/contact?limit=1").ok().body()).isEqualTo("a?b");
    }

    @Test
    void keysInABodyAreNotShownToScriptsAndStillWork() {
        String key = readerLikeWriter();
        save(
                "db._table.contact.post.pre_process",
                "console.log(JSON.stringify(event.request)); event.request.payload.resource[0].age = 7;");
        server.observed().forget();
        Api.Answer made = server.anonymous()
                .post(
                        "db/_table/contact?fields=id,name,age",
                        Map.of("api_key", key, "resource", List.of(Map.of("name", "keyed"))));
        assertThat(made.ok().at("/resource/0/age").asInt()).isEqualTo(7);
        assertThat(server.observed().of(Observation.ScriptPrinted.class))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("run-").doesNotContain(key));
        admin.delete("db/_table/contact?filter=name%3Dkeyed").ok();
    }

    private String readerLikeWriter() {
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "writer",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id",
                                        db,
                                        "component",
                                        "_table/*",
                                        "verb_mask",
                                        31,
                                        "requestor_mask",
                                        3)))))
                .ok()
                .number("/resource/0/id");
        return admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "writer", "is_active", true, "role_id", role, "type", 0)))
                .ok()
                .text("/resource/0/api_key");
    }
}
