package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What scripts see as {@code event} (scripting.md 4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventObjectTest {
    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 2);
        admin = server.admin();
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "echo",
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "config",
                                Map.of("content", "return {event: event, meta: [_event.name, event._event.stage]};"))))
                .expect(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {\"a\":[1,2.5,null]} | {\"a\":[1,2.5,null]}",
                "application/json; charset=utf-8 | [1] | [1]",
                "application/x-www-form-urlencoded | a=1&b[c]=2&d[]=3&d[]=4 | {\"a\":\"1\",\"b\":{\"c\":\"2\"},\"d\":[\"3\",\"4\"]}",
                "application/xml | <wrap><a>1</a></wrap> | {\"a\":\"1\"}",
                "application/xml | <resource><a>1</a></resource> | {\"resource\":{\"a\":\"1\"}}",
                "text/csv | `a,b\n1,x\n` | {\"resource\":[{\"a\":\"1\",\"b\":\"x\"}]}",
                "text/plain | just text | \"just text\"",
                "application/x-other | {\"a\":1} | {\"a\":1}",
                "application/x-other | <wrap><a>1</a></wrap> | {\"a\":\"1\"}",
                "application/json | {nope | null"
            })
    void payloadIsTheDecodedBody(String type, String body, String payload) {
        Api.Answer answer = admin.with("Content-Type", type).post("echo", body).ok();
        assertThat(answer.at("/event/request/payload").toString()).isEqualTo(payload);
        assertThat(answer.text("/event/request/content")).isEqualTo(body);
        assertThat(answer.text("/event/request/content_type")).isEqualTo(type);
    }

    @Test
    void withoutABodyThePayloadIsAnEmptyListAndTheContentEmptyText() {
        JsonNode request = admin.get("echo").ok().at("/event/request");
        assertThat(request.get("payload").toString()).isEqualTo("[]");
        assertThat(request.get("content").toString()).isEqualTo("\"\"");
        assertThat(request.get("content_type").asString()).isEqualTo("application/json");
    }

    @Test
    void aBodyThatIsNoTextIsNotShown() throws Exception {
        String token = admin.get("system/admin/session").ok().text("/session_token");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/api/v2/echo"))
                                .header("X-DreamFactory-Session-Token", token)
                                .header("Content-Type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe, 1}))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("--non-parsable-data--");
    }

    @Test
    void theRequestIsToldAsScriptsKnowIt() {
        Api.Answer answer = admin.with("X-Two", "a")
                .with("X-HTTP-Method", "PATCH")
                .post("echo/some/path/?a[b]=1&a[c]=2&e=&q=x%20y&api_key=0123456789abcdef", "{}")
                .ok();
        JsonNode request = answer.at("/event/request");
        assertThat(request.get("api_version").asString()).isEqualTo("2.0");
        assertThat(request.get("method").asString()).isEqualTo("PATCH");
        assertThat(request.get("parameters").get("a").toString()).isEqualTo("{\"b\":\"1\",\"c\":\"2\"}");
        assertThat(request.get("parameters").get("e").asString()).isEmpty();
        assertThat(request.get("parameters").get("q").asString()).isEqualTo("x y");
        assertThat(request.get("headers").get("x-two").asString()).isEqualTo("a");
        assertThat(request.get("uri").asString())
                .startsWith("/api/v2/echo/some/path/?")
                .contains("q=x%20y")
                .doesNotContain("0123456789abcdef");
        assertThat(request.get("service").asString()).isEqualTo("echo");
        assertThat(request.get("resource").asString()).isEqualTo("some/path/");
        assertThat(answer.text("/event/resource")).isEqualTo("some/path/");
    }

    @Test
    void aScriptServiceBeginsWithAnEmptyResponse() {
        Api.Answer answer = admin.get("echo").ok();
        assertThat(answer.at("/event/response").toString())
                .isEqualTo("{\"content\":null,\"content_type\":null,\"status_code\":200}");
        assertThat(answer.text("/event/__tag__")).isEqualTo("exposed_event");
        assertThat(answer.at("/event/resource").toString()).isEqualTo("\"\"");
        assertThat(answer.at("/meta").toString()).isEqualTo("[\"echo\",\"service\"]");
    }

    @Test
    void everyStageHasItsNameAndPreHasNoResponse() {
        for (String stage : List.of("pre_process", "post_process")) {
            String name = "db._table.contact.get." + stage;
            admin.post(
                            "system/event_script/" + name,
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
                                    "event.response = {content: {had: event.response ? Object.keys(event.response) : null,"
                                            + " name: _event.name, stage: event._event.stage, script: _event.script_name, tag: event.__tag__}};"))
                    .ok();
            Api.Answer answer = admin.get("db/_table/contact").ok();
            assertThat(answer.text("/name")).isEqualTo(name);
            assertThat(answer.text("/stage")).isEqualTo(stage);
            assertThat(answer.text("/script")).isEqualTo(name);
            assertThat(answer.text("/tag")).isEqualTo("exposed_event");
            assertThat(answer.at("/had").toString())
                    .isEqualTo(
                            stage.startsWith("pre")
                                    ? "null"
                                    : "[\"status_code\",\"content_type\",\"content\",\"format\",\"headers\"]");
            admin.delete("system/event_script?force=true").ok();
        }
    }

    @Test
    void editsOfParametersWithBracketsReachTheService() {
        String name = "db._table.contact.get.pre_process";
        admin.post(
                        "system/event_script/" + name,
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
                                "event.request.parameters = {filter: 'id = :one', params: {':one': 2}};"))
                .ok();
        assertThat(admin.get("db/_table/contact").ok().column("id")).containsExactly("2");
        admin.delete("system/event_script?force=true").ok();
    }
}
