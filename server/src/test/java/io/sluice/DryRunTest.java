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

/** {@code POST system/script/{id}/run}, seen through HTTP: what it answers, and that it does nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunTest {
    private static final String POST = "db._table.contact.get.post_process";
    private static final String PRE = "db._table.contact.post.pre_process";

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

    private void save(String name, String content, Object... more) {
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
        for (int i = 0; i < more.length; i += 2) {
            record.put((String) more[i], more[i + 1]);
        }
        admin.post("system/event_script/" + Api.encode(name), record).ok();
    }

    private Api.Answer run(String id, Map<String, ?> body) {
        return admin.post("system/script/" + Api.encode(id) + "/run", body);
    }

    private Api.Answer text(String content, Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("content", content, "type", "nodejs"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return run("event:" + POST, body).ok();
    }

    @Test
    void theStoredTextRunsOnTheGivenEventAndTheAnswerTellsAll() {
        save(POST, """
                for (const row of event.response.content.resource) row.twice = row.age * 2;
                console.log('seen', event.response.content.resource.length);
                console.warn({a: 1});
                return;""");
        Map<?, ?> event = Map.of("response", Map.of("content", Map.of("resource", List.of(Map.of("age", 4)))));
        Api.Answer answer = run("event:" + POST, Map.of("event", event)).ok();
        assertThat(answer.text("/outcome")).isEqualTo("completed");
        assertThat(answer.text("/script")).isEqualTo("event:" + POST);
        assertThat(answer.number("/event/response/content/resource/0/twice")).isEqualTo(8);
        assertThat(answer.number("/response/content/resource/0/twice")).isEqualTo(8);
        assertThat(answer.number("/response/status_code")).isEqualTo(200);
        assertThat(answer.text("/console/0/text")).isEqualTo("seen 1");
        assertThat(answer.text("/console/1/level")).isEqualTo("warn");
        assertThat(answer.text("/console/1/text")).isEqualTo("{\"a\":1}");
        assertThat(answer.at("/error").isNull()).isTrue();
        assertThat(answer.at("/returned").asBoolean()).isFalse();
        assertThat(answer.at("/duration_us").isNumber()).isTrue();
    }

    @Test
    void nothingIsWrittenCountedOrFired() {
        save(POST, "event.response.content.seen = true;");
        save("db._table.contact.post.post_process", "throw new Error('fired');");
        server.observed().forget();
        String script = "return platform.api.post('db/_table/contact', {resource: [{name: 'x'}]}).status_code";
        assertThat(text(script).number("/result")).isEqualTo(501);
        run("event:" + POST, Map.of()).ok();
        assertThat(admin.get("system/script/" + Api.encode("event:" + POST))
                        .ok()
                        .number("/runs"))
                .isZero();
        assertThat(server.observed().count(Observation.ScriptRan.class)).isZero();
        assertThat(server.observed().count(Observation.ScriptPrinted.class)).isZero();
        Api.Answer status =
                admin.get("system/script/" + Api.encode("event:" + POST)).ok();
        assertThat(status.number("/runs")).isZero();
        assertThat(admin.get("system/script/" + Api.encode("event:" + POST) + "/log")
                        .ok()
                        .column("outcome"))
                .isEmpty();
        assertThat(admin.get("system/script/" + Api.encode("event:" + POST) + "/version")
                        .ok()
                        .column("version"))
                .as("a text of the body is no version")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void callsAreAnsweredByTheFirstStubThatFits() {
        Api.Answer answer = text(
                """
                const a = platform.api.get('/api/v2/db/_table/orders?limit=1&order=id');
                const b = platform.api.post('db/_table/orders', {resource: [{id: 1, net: 2}]});
                const c = platform.api.get('db/_table/other');
                platform.api.get('files/a/b.txt', (body, response) => event.setReturn(
                    [a.content.resource[0].id, b.status_code, c.status_code, c.content.error.message, body, response.headers['x-a']]));
                """,
                "stubs",
                List.of(
                        Map.of(
                                "method",
                                "post",
                                "path",
                                "db/_table/orders",
                                "payload",
                                Map.of("resource", List.of(Map.of("id", 9)))),
                        Map.of(
                                "method",
                                "GET",
                                "path",
                                "db/_table/orders?limit=1",
                                "content",
                                Map.of("resource", List.of(Map.of("id", 7)))),
                        Map.of(
                                "method",
                                "POST",
                                "path",
                                "db/_table/orders",
                                "payload",
                                Map.of("resource", List.of(Map.of("id", 1))),
                                "status",
                                201),
                        Map.of("path", "files/*", "content", "text", "headers", Map.of("X-A", "b"))));
        assertThat(answer.at("/result").toString())
                .isEqualTo(
                        "[7,201,501,\"This is a dry run, and no stub answers GET db/_table/other.\",\"text\",\"b\"]");
        assertThat(answer.at("/calls").findValuesAsString("stub")).containsExactly("1", "2", "", "3");
        assertThat(answer.text("/calls/0/path")).isEqualTo("db/_table/orders");
        assertThat(answer.text("/calls/0/parameters/limit")).isEqualTo("1");
        assertThat(answer.number("/calls/1/payload/resource/0/net")).isEqualTo(2);
        assertThat(answer.text("/calls/2/path")).isEqualTo("db/_table/other");
        assertThat(answer.at("/calls/2/stub").isNull()).isTrue();
    }

    @Test
    void theRecordsLimitsHold() {
        text("return 'the engine is awake'");
        save(POST, "while (true) {}", "timeout_ms", 200);
        Api.Answer slow = run("event:" + POST, Map.of()).ok();
        assertThat(slow.text("/outcome")).isEqualTo("stopped");
        assertThat(slow.number("/error/status")).isEqualTo(504);
        assertThat(slow.text("/error/context/reason")).isEqualTo("script_timeout");
        save(POST, "return platform.api.delete('system/role/1', {}).content.error.context.reason", "timeout_ms", 5000);
        assertThat(run("event:" + POST, Map.of()).ok().text("/result")).isEqualTo("script_may_not_write_system");
    }

    @Test
    void anErrorHasItsPlaceInTheText() {
        Api.Answer threw = text("const a = 1;\nthrow Object.assign(new Error('too many'), {code: 409});");
        assertThat(threw.text("/outcome")).isEqualTo("threw");
        assertThat(threw.number("/error/status")).isEqualTo(409);
        assertThat(threw.text("/error/message")).isEqualTo("too many");
        assertThat(threw.text("/error/file")).isEqualTo(POST);
        assertThat(threw.number("/error/line")).isEqualTo(2);
        assertThat(threw.number("/error/column")).isPositive();
        assertThat(threw.text("/error/source")).startsWith("throw Object.assign(");
        assertThat(threw.number("/response/status_code")).isEqualTo(409);
        assertThat(threw.text("/response/content/error/message")).isEqualTo("too many");
    }

    @Test
    void aTextThatDoesNotCompileIsAnAnswerNotAFailure() {
        Api.Answer refused = text("const a = 1;\nconst b = ;");
        assertThat(refused.text("/outcome")).isEqualTo("refused");
        assertThat(refused.text("/error/context/reason")).isEqualTo("script_compile_failed");
        assertThat(refused.number("/error/line")).isEqualTo(2);
        assertThat(refused.text("/error/source")).isEqualTo("const b = ;");
    }

    @Test
    void keptVersionsRunToo() {
        save(POST, "return 'one'");
        admin.get("db/_table/contact?limit=1").ok();
        save(POST, "return 'two'");
        admin.get("db/_table/contact?limit=1").ok();
        Api.Answer old = run("event:" + POST, Map.of("version", 1)).ok();
        assertThat(old.text("/result")).isEqualTo("one");
        assertThat(old.number("/version")).isEqualTo(1);
        Api.Answer live = run("event:" + POST, Map.of()).ok();
        assertThat(live.text("/result")).isEqualTo("two");
        assertThat(live.number("/version")).isEqualTo(2);
        run("event:" + POST, Map.of("version", 3)).expect(404);
    }

    @Test
    void aScriptNeedsNoRecord() {
        Map<String, ?> body = Map.of(
                "type",
                "nodejs",
                "content",
                "return {hello: event.resource, who: platform.session.user.email}",
                "event",
                Map.of("resource", "you"));
        Api.Answer answer = run("service:none", body).ok();
        assertThat(answer.text("/response/content/hello")).isEqualTo("you");
        assertThat(answer.text("/result/who")).isEqualTo(TestServer.EMAIL);
        run("service:none", Map.of()).expect(404);
        assertThat(run("service:none", Map.of("content", "1")).expect(400).message())
                .contains("must say the 'type'");
        run("none", body).expect(404);
    }

    @Test
    void aPreScriptThatAnswersNothingLetsTheCallGoOn() {
        save(
                PRE,
                "event.request.payload.resource[0].name = 'Z'; if (event.request.parameters.stop) event.setResponse({no: 1}, 418);");
        Map<String, Object> request =
                new HashMap<>(Map.of("payload", Map.of("resource", List.of(Map.of("name", "a")))));
        Api.Answer on =
                run("event:" + PRE, Map.of("event", Map.of("request", request))).ok();
        assertThat(on.at("/response").isNull()).isTrue();
        assertThat(on.text("/event/request/payload/resource/0/name")).isEqualTo("Z");
        assertThat(on.text("/event/request/method")).isEqualTo("POST");
        assertThat(on.text("/event/request/resource")).isEqualTo("_table/contact");
        request.put("parameters", Map.of("stop", "1"));
        Api.Answer answered =
                run("event:" + PRE, Map.of("event", Map.of("request", request))).ok();
        assertThat(answered.number("/response/status_code")).isEqualTo(418);
    }

    @Test
    void editsThatDoNotCountChangeNoAnswer() {
        save(POST, "event.response.content = 'other'; return 'more'", "allow_event_modification", false);
        Api.Answer answer = run("event:" + POST, Map.of("event", Map.of("response", Map.of("content", "as it was"))))
                .ok();
        assertThat(answer.text("/response/content")).isEqualTo("as it was");
        assertThat(answer.text("/event/response/content")).isEqualTo("other");
    }

    @Test
    void whatCannotBeMeantIsSaid() {
        assertThat(run("event:" + POST, Map.of("evnet", Map.of())).expect(400).message())
                .contains("'evnet'")
                .contains("content, event, session");
        assertThat(run("event:" + POST, Map.of("content", "1", "version", 1))
                        .expect(400)
                        .message())
                .contains("not both");
        assertThat(run("event:" + POST, Map.of("content", "1", "stubs", List.of(Map.of("paht", "x"))))
                        .expect(400)
                        .message())
                .contains("stubs[0]");
        assertThat(run("event:" + POST, Map.of("content", "1", "stubs", List.of(Map.of("path", "x", "status", 700))))
                        .expect(400)
                        .message())
                .contains("stubs[0].status");
    }

    @Test
    void whoMayNotWriteScriptsMayNotRunThem() {
        String path = "system/script/" + Api.encode("event:" + POST) + "/run";
        Map<String, ?> body = Map.of("content", "return 1", "type", "nodejs");
        withVerbs("reader", 1).post(path, body).expect(401);
        assertThat(withVerbs("writer", 3).post(path, body).ok().number("/result"))
                .isEqualTo(1);
        admin.get(path).expect(400);
    }

    /** A key whose role has these verbs on {@code system/script/*}. */
    private Api withVerbs(String name, int mask) {
        long system = admin.get("system/service?filter=" + Api.encode("name=system"))
                .ok()
                .number("/resource/0/id");
        Map<String, ?> access =
                Map.of("service_id", system, "component", "script/*", "verb_mask", mask, "requestor_mask", 1);
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name", name, "is_active", true, "role_service_access_by_role_id", List.of(access))))
                .ok()
                .number("/resource/0/id");
        return server.anonymous()
                .withKey(admin.post(
                                "system/app?fields=api_key",
                                Api.one(Map.of("name", name, "is_active", true, "type", 0, "role_id", role)))
                        .ok()
                        .text("/resource/0/api_key"));
    }

    @Test
    void theStatusOfAScriptHasEveryField() {
        save(POST, "event.response.content.seen = true;");
        admin.get("db/_table/contact").ok();
        Api.Answer status =
                admin.get("system/script/" + Api.encode("event:" + POST)).ok();
        assertThat(status.json().propertyNames())
                .contains(
                        "id",
                        "type",
                        "source",
                        "version",
                        "promotion",
                        "revision",
                        "hash",
                        "state",
                        "last_error",
                        "loaded_at",
                        "runs",
                        "errors",
                        "p50_us",
                        "p99_us");
        assertThat(status.text("/source")).isEqualTo("stored");
        assertThat(status.text("/state")).isEqualTo("live");
        assertThat(status.number("/runs")).isEqualTo(1);
        assertThat(status.number("/p99_us")).isPositive();
        save(POST, "let a = 1;\nlet b = ;");
        admin.get("db/_table/contact").ok();
        Api.Answer refused =
                admin.get("system/script/" + Api.encode("event:" + POST)).ok();
        assertThat(refused.text("/state")).isEqualTo("refused");
        assertThat(refused.text("/last_error"))
                .startsWith(POST + " line 2, column 9: ")
                .endsWith(": let b = ;");
    }

    @Test
    void theLogOfALiveScriptTellsThePlaceOfAnError() {
        save(POST, "console.log('a');\nconst e = {};\ne.x.y = 1;");
        admin.get("db/_table/contact").expect(500);
        admin.get("db/_table/contact").expect(500);
        Api.Answer log = admin.get("system/script/" + Api.encode("event:" + POST) + "/log?limit=1")
                .ok();
        assertThat(log.at("/resource").size()).isEqualTo(1);
        assertThat(log.number("/meta/count")).isEqualTo(2);
        assertThat(log.text("/resource/0/where/file")).isEqualTo(POST);
        assertThat(log.number("/resource/0/where/line")).isEqualTo(3);
        assertThat(log.text("/resource/0/where/source")).isEqualTo("e.x.y = 1;");
        assertThat(log.text("/resource/0/outcome")).contains("line 3, column");
        assertThat(log.number("/resource/0/printed")).isEqualTo(1);
    }
}
