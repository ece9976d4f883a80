package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.GithubHost;
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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What differs from the servers whose scripts come here, on purpose: one test for each topic, named after it. Topics with a room of
 * their own have theirs there: linked texts ({@code TurnedDownTest}, {@code FetchingTest}, {@code PromotionsTest}), Git
 * ({@code GithubServiceTest}), limits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliberateChangesTest {
    private static final String PRE = "db._table.contact.get.pre_process";
    private static final String POST = "db._table.contact.get.post_process";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private long own;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
        own = admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name", "own", "type", "nodejs", "is_active", true, "config", Map.of("content", ""))))
                .expect(201)
                .number("/resource/0/id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    private void save(String name, String content) {
        save(name, Map.of("content", content));
    }

    private void save(String name, Map<String, Object> more) {
        Map<String, Object> record = new HashMap<>(
                Map.of("name", name, "type", "nodejs", "is_active", true, "allow_event_modification", true));
        record.putAll(more);
        admin.post("system/event_script/" + Api.encode(name), record).ok();
    }

    private Api.Answer ownSays(String content) {
        admin.patch("system/service/" + own, Map.of("config", Map.of("content", content)))
                .ok();
        return admin.get("own");
    }

    @Test
    void payloadEdit_winsOverTheOldTextAndOverAnEditedOne() {
        String pre = "db._table.contact.post.pre_process";
        for (String script : List.of(
                "event.request.payload.resource[0].name = 'won';",
                "event.request.content = JSON.stringify({resource: [{name: 'lost'}]}); event.request.payload.resource[0].name = 'won';",
                "event.request.content = JSON.stringify({resource: [{name: 'won'}]});",
                "return {request: {payload: {resource: [{name: 'won'}]}}};")) {
            save(pre, script);
            assertThat(admin.post("db/_table/contact?fields=name", Api.one(Map.of("name", "as sent")))
                            .ok()
                            .column("name"))
                    .as(script)
                    .containsExactly("won");
            admin.delete("db/_table/contact?filter=name%3Dwon").ok();
        }
    }

    @Test
    void responseWithoutContent_setsTheStatusAlone() {
        save(PRE, "event.response = {status_code: 204};");
        assertThat(admin.get("db/_table/contact").expect(204).body()).isEmpty();
        removeScripts();
        save(POST, "event.response.status_code = 203;");
        assertThat(admin.get("db/_table/contact").expect(203).column("id")).hasSize(3);
        save(POST, "return {status_code: 203};");
        assertThat(admin.get("db/_table/contact").expect(203).column("id")).hasSize(3);
    }

    @Test
    void returnValue_decidesTheResponseAndLeavesTheEdits() {
        save(PRE, "event.request.parameters.limit = 1; return {request: {parameters: {limit: 2, fields: 'id'}}};");
        assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"resource\":[{\"id\":1},{\"id\":2}]}");
        save(PRE, "event.request.parameters.limit = 1; return {anything: 'else'};");
        assertThat(admin.get("db/_table/contact").ok().column("id")).hasSize(1);
        removeScripts();
        save(POST, "event.response.headers = {'X-Kept': 'yes'}; event.response.content = 'lost'; return {a: 1};");
        Api.Answer answer = admin.get("db/_table/contact").ok();
        assertThat(answer.body()).isEqualTo("{\"a\":1}");
        assertThat(answer.raw().headers().firstValue("X-Kept")).contains("yes");
    }

    @Test
    void headersOfAResponse_areMergedOverThoseThatAreThere() {
        save("db._table.{table_name}.get.post_process", "event.response.headers = {'X-One': '1', 'X-Two': '2'};");
        save(POST, "event.response.headers = {'x-two': 'second', 'X-Three': ['3', '4']};");
        var headers = admin.get("db/_table/contact?limit=1").ok().raw().headers();
        assertThat(headers.firstValue("X-One")).contains("1");
        assertThat(headers.allValues("X-Two")).containsExactly("second");
        assertThat(headers.firstValue("X-Three")).contains("3,4");
        save(POST, "event.response.headers['X-One'] = null;");
        assertThat(admin.get("db/_table/contact?limit=1").ok().raw().headers().firstValue("X-One"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"0,0", "false,false", "'',`\"\"`", "[],[]", "{},{}", "null,null"})
    void falsyReturnValues_areContentsOfScriptServices(String literal, String body) {
        assertThat(ownSays("return " + literal + ";").expect(200).body()).isEqualTo(body);
        save(POST, "return " + literal + ";");
        assertThat(admin.get("db/_table/contact").ok().column("id"))
                .as("for event scripts they say nothing")
                .hasSize(3);
    }

    @Test
    void returnedError_isA500UnlessItNamesItsStatus() {
        save(PRE, "return {error: 'no'};");
        assertThat(admin.get("db/_table/contact").expect(500).message()).isEqualTo("no");
        save(PRE, "return {error: {message: 'gone', status_code: 410}};");
        assertThat(admin.get("db/_table/contact").expect(410).message()).isEqualTo("gone");
        assertThat(ownSays("return {error: {message: 'short', status_code: 418}};")
                        .expect(418)
                        .message())
                .isEqualTo("short");
    }

    @Test
    void thrownText_isA500AndAnErrorMayNameItsStatus() {
        save(PRE, "throw 'as text';");
        assertThat(admin.get("db/_table/contact").expect(500).message()).contains("as text");
        for (String field : List.of("code", "status", "status_code")) {
            save(PRE, "const e = new Error('busy'); e." + field + " = 429; throw e;");
            assertThat(admin.get("db/_table/contact").expect(429).message()).isEqualTo("busy");
        }
        save(PRE, "const e = new Error('odd'); e.code = 200; throw e;");
        admin.get("db/_table/contact").expect(500);
    }

    @Test
    void finalEventException_isOnlyLogged() {
        save("db._table.contact.get", "throw new Error('too late');");
        server.observed().forget();
        assertThat(admin.get("db/_table/contact").ok().column("id")).hasSize(3);
        assertThat(server.observed().of(Observation.ScriptRan.class))
                .anySatisfy(run -> assertThat(run.outcome()).contains("too late"));
    }

    @Test
    void clear_byPlaceAndByPrefixAnswersWhichScripts() throws Exception {
        try (GithubHost host = GithubHost.start()) {
            host.commit("acme/scripts", "main", "a.js", "event.response.content = {a: 1};", "A");
            long hub = admin.post(
                            "system/service",
                            Api.one(Map.of(
                                    "name",
                                    "hub",
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
                    Map.of(
                            "storage_service_id",
                            hub,
                            "scm_repository",
                            "scripts",
                            "scm_reference",
                            "main",
                            "storage_path",
                            "a.js"));
            save("db._table.contact.post.post_process", "1");
            assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"a\":1}");
            host.commit("acme/scripts", "main", "a.js", "event.response.content = {a: 2};", "A again");
            String cleared = "{\"success\":true,\"cleared\":[\"event:" + POST + "\"]}";
            for (String other : List.of("branch=dev", "path=b.js", "repository=other", "prefix=db._schema")) {
                assertThat(admin.delete("system/cache/_script?" + other)
                                .ok()
                                .at("/cleared")
                                .size())
                        .isZero();
            }
            assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"a\":1}");
            assertThat(admin.delete("system/cache/_script?service=hub&repository=scripts&branch=main&path=a.js")
                            .ok()
                            .json())
                    .isEqualTo(new tools.jackson.databind.json.JsonMapper().readTree(cleared));
            assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"a\":2}");
            assertThat(admin.delete("system/cache/_script?prefix=db._table.contact.")
                            .ok()
                            .at("/cleared")
                            .size())
                    .isEqualTo(2);
            admin.delete("system/cache/_script").expect(400);
            removeScripts();
            admin.delete("system/service/" + hub).ok();
        }
    }

    @Test
    void logging_oneLineForEachRunAndEachClear() {
        save(POST, "1");
        server.observed().forget();
        admin.get("db/_table/contact?limit=1").ok();
        admin.delete("system/cache/_event/" + POST).ok();
        assertThat(server.observed().of(Observation.ScriptRan.class))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.script()).isEqualTo("event:" + POST);
                    assertThat(run.version()).isPositive();
                    assertThat(run.revision()).isNotEmpty();
                    assertThat(run.took()).isPositive();
                    assertThat(run.outcome()).isEqualTo("ok");
                });
        assertThat(server.observed().of(Observation.ScriptCleared.class))
                .singleElement()
                .satisfies(clear -> assertThat(clear.script()).isEqualTo("event:" + POST));
    }

    @Test
    void nameLength_is255() {
        String name = "db._table." + "x".repeat(255 - "db._table..get".length()) + ".get";
        save(name, "1");
        assertThat(admin.get("system/event_script/" + name).ok().text("/name")).isEqualTo(name);
        assertThat(admin.post(
                                "system/event_script/" + name + "x",
                                Map.of("name", name + "x", "type", "nodejs", "content", "1"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tableNames_cannotBeBypassedByTheirCase() {
        save(PRE, "throw new Error('guarded');");
        for (String typed : List.of("contact", "CONTACT", "Contact")) {
            assertThat(admin.get("db/_table/" + typed).expect(500).message()).isEqualTo("guarded");
        }
    }

    @Test
    void aRolledBackScriptService_staysSoWhenItsServiceIsSaved() {
        ownSays("return 'first';").ok();
        ownSays("return 'second';").ok();
        List<String> versions = new java.util.ArrayList<>();
        admin.get("system/script/service:own/version")
                .ok()
                .at("/resource")
                .forEach(v -> versions.add(v.get("version").asString()));
        String second = versions.get(1);
        admin.post("system/script/service:own/rollback", Map.of("version", Integer.parseInt(second)))
                .ok();
        assertThat(admin.get("own").ok().body()).isEqualTo("\"first\"");
        admin.patch("system/service/" + own, Map.of("label", "Another label")).ok();
        assertThat(admin.get("own").ok().body()).isEqualTo("\"first\"");
        assertThat(admin.get("system/service/" + own).ok().text("/config/content"))
                .isEqualTo("return 'first';");
    }

    @Test
    void aWholePromotion_isTakenBackByItsNumber() {
        ownSays("return 'first';").ok();
        ownSays("return 'second';").ok();
        int promotion =
                admin.get("system/script/service:own").ok().at("/promotion").asInt();
        Api.Answer back = admin.post("system/script/rollback", Map.of("promotion", promotion))
                .ok();
        assertThat(back.text("/resource/0/id")).isEqualTo("service:own");
        assertThat(back.at("/resource/0/promotion").asInt()).isEqualTo(promotion + 1);
        assertThat(admin.get("own").ok().body()).isEqualTo("\"first\"");
        assertThat(admin.get("system/service/" + own).ok().text("/config/content"))
                .isEqualTo("return 'first';");
        assertThat(admin.post("system/script/rollback", Map.of("promotion", promotion))
                        .status())
                .isEqualTo(404);
        assertThat(admin.post("system/script/rollback", Map.of("promotion", "x"))
                        .status())
                .isEqualTo(400);
        assertThat(admin.get("system/script/rollback").status()).isEqualTo(404);
    }

    @Test
    void aLinkToASwitchedOffService_canStillBeEdited() {
        admin.post("files/shelf/", null);
        admin.with("Content-Type", "text/plain")
                .post("files/shelf/a.js", "event.response.content = {a: 1};")
                .ok();
        long shelf = admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "shelf",
                                "type",
                                "local_file",
                                "is_active",
                                true,
                                "config",
                                Map.of("container", "shelf"))))
                .expect(201)
                .number("/resource/0/id");
        save(POST, Map.of("storage_service_id", shelf, "storage_path", "a.js"));
        admin.patch("system/service/" + shelf, Map.of("is_active", false)).ok();
        admin.patch("system/event_script/" + POST, Map.of("is_active", false)).ok();
        admin.patch("system/event_script/" + POST, Map.of("storage_path", "b.js"))
                .ok();
        removeScripts();
        admin.delete("system/service/" + shelf).ok();
    }
}
