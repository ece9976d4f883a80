package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The chain pre → work → post → final, seen through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventChainTest {
    private static final String GENERIC = "db._table.{table_name}";
    private static final String CONCRETE = "db._table.contact";

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

    private Api.Answer save(String name, String content) {
        return admin.post(
                        "system/event_script/" + Api.encode(name),
                        Map.of(
                                "name",
                                name,
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "allow_event_modification",
                                true,
                                "content",
                                content))
                .ok();
    }

    @Test
    void savingTwiceMakesThenReplaces() {
        assertThat(save(CONCRETE + ".get.post_process", "1").status()).isEqualTo(201);
        assertThat(save(CONCRETE + ".get.post_process", "2").status()).isEqualTo(200);
    }

    @Test
    void theGenericScriptRunsFirstAndTheConcreteOneSeesItsEdit() {
        save(GENERIC + ".get.post_process", "event.response.content.seen = ['generic ' + event.resource];");
        save(CONCRETE + ".get.post_process", "event.response.content.seen.push('concrete ' + event.resource);");
        assertThat(admin.get("db/_table/contact?limit=1").ok().at("/seen").toString())
                .isEqualTo("[\"generic contact\",\"concrete contact\"]");
        assertThat(admin.get("db/_table/CONTACT?limit=1").ok().at("/seen").size())
                .as("the table's own name counts, however it is typed")
                .isEqualTo(2);
    }

    @Test
    void stopPropagationKeepsTheConcreteScriptFromRunning() {
        save(GENERIC + ".get.post_process", "event.response.content.seen = 1; event.stop_propagation = true;");
        save(CONCRETE + ".get.post_process", "event.response.content.seen = 2;");
        assertThat(admin.get("db/_table/contact?limit=1").ok().number("/seen")).isEqualTo(1);
    }

    @Test
    void aPostScriptAlsoRunsOnErrorsAndMayRewriteThem() {
        save(
                CONCRETE + ".{id}.get.post_process",
                "if (event.response.status_code === 404) event.response = {status_code: 200, content: {none: true}};");
        assertThat(admin.get("db/_table/contact/99").expect(200).body()).isEqualTo("{\"none\":true}");
        save(CONCRETE + ".get.pre_process", "throw new Error('no');");
        save(
                CONCRETE + ".get.post_process",
                "event.response.headers = {'X-Was': event.response.content.error.message};");
        assertThat(admin.get("db/_table/contact").expect(500).raw().headers().firstValue("X-Was"))
                .contains("no");
    }

    @Test
    void listsOfTheSystemCanBeChangedToo() {
        save("system.script_type.get.post_process", "event.response.content.resource.push({name: 'more'});");
        assertThat(admin.get("system/script_type").ok().column("name")).contains("nodejs", "more");
    }

    @Test
    void anInactiveScriptDoesNotRun() {
        save(CONCRETE + ".get.pre_process", "throw new Error('no');");
        admin.patch("system/event_script/" + CONCRETE + ".get.pre_process", Map.of("is_active", false))
                .ok();
        admin.get("db/_table/contact").ok();
    }

    @Test
    void anEditOfThePayloadWins() {
        save(
                CONCRETE + ".post.pre_process",
                "for (const r of event.request.payload.resource) r.name = r.name.toUpperCase();");
        assertThat(admin.post("db/_table/contact?fields=name", Api.one(Map.of("name", "zoe")))
                        .ok()
                        .column("name"))
                .containsExactly("ZOE");
        admin.delete("db/_table/contact?filter=" + Api.encode("name='ZOE'")).ok();
    }

    @Test
    void postScriptsSeeTheRequestAsPreScriptsLeftIt() {
        save(CONCRETE + ".get.pre_process", "event.request.parameters.limit = 2;");
        save(CONCRETE + ".get.post_process", "event.response.content.limit = event.request.parameters.limit;");
        Api.Answer answer = admin.get("db/_table/contact").ok();
        assertThat(answer.column("id")).hasSize(2);
        assertThat(answer.text("/limit")).isEqualTo("2");
    }

    @Test
    void whatAPostScriptReturnsIsTheContent() {
        save(CONCRETE + ".get.post_process", "event.response.headers = {'X-Kept': 'yes'}; return {a: 1};");
        Api.Answer answer = admin.get("db/_table/contact").ok();
        assertThat(answer.body()).isEqualTo("{\"a\":1}");
        assertThat(answer.raw().headers().firstValue("X-Kept")).contains("yes");
        save(CONCRETE + ".get.post_process", "return {error: {message: 'sorry'}};");
        assertThat(admin.get("db/_table/contact").expect(500).message()).isEqualTo("sorry");
    }

    @Test
    void aFinalScriptChangesNothingAndItsFailureIsOnlyLogged() {
        save(CONCRETE + ".get", "event.response.content.late = true; throw new Error('too late');");
        Api.Answer answer = admin.get("db/_table/contact?limit=1").ok();
        assertThat(answer.at("/late").isMissingNode()).isTrue();
    }

    @Test
    void logoutWorksUnderAPreScript() {
        save("system.admin.session.delete.pre_process", "event.request.parameters.x = 1;");
        Api second = server.admin();
        second.delete("system/admin/session").ok();
        assertThat(second.get("system/role").status()).isEqualTo(403);
    }

    @Test
    void aScriptsOwnContentTypeDoesNotMakeAPageOfOurs() {
        save(CONCRETE + ".get.post_process", "event.response.content_type = 'text/html';");
        var headers = admin.get("db/_table/contact?limit=1").ok().raw().headers();
        assertThat(headers.firstValue("Content-Security-Policy")).contains("sandbox");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void anAddressInAFilterIsNoCallToAnotherHost() {
        save(
                CONCRETE + ".get.pre_process",
                "if (!event.request.parameters.filter) event.response = {content:"
                        + " platform.api.get(\"db/_table/contact?filter=email='http://a'\").content};");
        assertThat(admin.get("db/_table/contact").ok().at("/resource").size()).isZero();
    }
}
