package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
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
import tools.jackson.databind.JsonNode;

/** What a document that somebody wrote for a service decides: events, their list, the access list, the API documents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceDocumentTest {
    private static final String DOCUMENT = """
            {"openapi": "3.0.0", "info": {"title": "{service.name}: {service.label}"}, "paths": {
              "/add/{x}": {"get": {}, "parameters": [{"in": "path", "name": "x", "schema": {"enum": ["1", "2"]}}]},
              "/add/{other}": {"post": {}},
              "/add/all": {"get": {}},
              "/a/b/{c}": {"get": {}, "delete": {}},
              "/a10": {"get": {}}, "/a9": {"get": {}}, "/only-words": {"summary": "no verb"}}}
            """;

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() {
        server = TestServer.start(data);
        admin = server.admin();
        make("calc", "nodejs", Map.of("content", "return {resource: event.resource};"), 0, DOCUMENT);
        make("far", "rws", Map.of("base_url", "http://127.0.0.1:9/"), 0, DOCUMENT);
        make("bare", "nodejs", Map.of("content", "return 1;"), 0, null);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    private long make(String name, String type, Map<String, Object> config, int format, String document) {
        Map<String, Object> record = new HashMap<>(Map.of(
                "name", name, "label", "The \"" + name + "\"", "type", type, "is_active", true, "config", config));
        if (document != null) {
            record.put("service_doc_by_service_id", Map.of("format", format, "content", document));
        }
        return admin.post("system/service", Api.one(record)).expect(201).number("/resource/0/id");
    }

    /** The event, and what its script saw as its resource. */
    private void listen(String event) {
        admin.post(
                        "system/event_script/" + Api.encode(event),
                        Map.of(
                                "name",
                                event,
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "allow_event_modification",
                                true,
                                "content",
                                "event.response = {content: {event: event.name, resource: event.resource}};"))
                .ok();
    }

    @Test
    void anEqualAddressBeatsAPlaceholderAndTheFirstInTheDocumentCounts() {
        for (String service : List.of("calc", "far")) {
            listen(service + ".add.{x}.get.pre_process");
            listen(service + ".add.{x}.post.pre_process");
            listen(service + ".add.all.get.pre_process");
            listen(service + ".a.b.{c}.delete.pre_process");
            listen(service + ".get.pre_process");
            assertThat(admin.get(service + "/add/all").ok().body())
                    .isEqualTo("{\"event\":\"" + service + ".add.all.get.pre_process\",\"resource\":null}");
            assertThat(admin.get(service + "/add/7").ok().body())
                    .isEqualTo("{\"event\":\"" + service + ".add.{x}.get.pre_process\",\"resource\":{\"{x}\":\"7\"}}");
            assertThat(admin.post(service + "/add/7", "{}").ok().text("/event"))
                    .as("the first that fits names the event, whatever its verbs")
                    .isEqualTo(service + ".add.{x}.post.pre_process");
            assertThat(admin.delete(service + "/a/b/x%2Fy").ok().text("/resource/{c}"))
                    .isEqualTo("x/y");
            assertThat(admin.get(service + "/none/of/them").ok().body())
                    .isEqualTo("{\"event\":\"" + service + ".get.pre_process\",\"resource\":\"none/of/them\"}");
            removeScripts();
        }
    }

    @Test
    void withoutADocumentTheEventIsTheServicesOwn() {
        listen("bare.get.pre_process");
        assertThat(admin.get("bare/add/7").ok().text("/resource")).isEqualTo("add/7");
        assertThat(admin.get("bare").ok().text("/resource")).isEmpty();
        assertThat(admin.get("system/event?service=bare&as_list=true").ok().body())
                .isEqualTo("{\"resource\":[\"bare.get\",\"bare.post\",\"bare.put\",\"bare.patch\",\"bare.delete\"]}");
    }

    @Test
    void theEventListIsThatOfTheDocument() {
        JsonNode calc = admin.get("system/event?service=calc").ok().at("/calc");
        assertThat(calc.propertyNames())
                .containsExactly(
                        "calc.add.{x}", "calc.add.{other}", "calc.add.all", "calc.a.b.{c}", "calc.a10", "calc.a9");
        assertThat(calc.get("calc.a.b.{c}").toString())
                .isEqualTo(
                        "{\"type\":\"api\",\"endpoints\":[\"calc.a.b.{c}.get\",\"calc.a.b.{c}.delete\"],\"parameter\":null}");
        assertThat(calc.get("calc.add.{x}").get("parameter").toString()).isEqualTo("{\"x\":[\"1\",\"2\"]}");
    }

    @Test
    void theAccessListNamesEveryAddressAndWhatIsBelowItsParts() {
        for (String service : List.of("calc", "far")) {
            assertThat(admin.get(service + "?as_access_list=true").ok().body())
                    .isEqualTo(
                            "{\"resource\":[\"\",\"*\",\"a/*\",\"a/b/*\",\"a/b/{c}\",\"a9\",\"a10\",\"add/*\",\"add/all\","
                                    + "\"add/{other}\",\"add/{x}\",\"only-words\"]}");
        }
        assertThat(admin.get("bare/deep?as_access_list=true").ok().body()).isEqualTo("{\"resource\":[\"\",\"*\"]}");
    }

    @Test
    void theDocumentIsWhatApiDocsShowInJsonAndInYaml() {
        assertThat(admin.get("api_docs/calc").ok().text("/info/title")).isEqualTo("calc: The \"calc\"");
        make("yams", "nodejs", Map.of("content", "return 1;"), 1, """
                info: {title: "{service.label}", version: 1, description: {service.label}}
                paths:
                  /{service.name}/{id}:
                    get:
                      responses:
                        200: {description: fine}
                """);
        Api.Answer shown = admin.get("api_docs/yams").ok();
        assertThat(shown.text("/info/title")).isEqualTo("The \"yams\"").isEqualTo(shown.text("/info/description"));
        assertThat(shown.at("/paths/~1yams~1{id}/get/responses/200/description").asString())
                .isEqualTo("fine");
        listen("yams.yams.{id}.get.pre_process");
        assertThat(admin.get("yams/yams/3").ok().text("/resource/{id}")).isEqualTo("3");
    }

    @Test
    void aDocumentThatIsNoneIsRefusedWhenItIsSaved() {
        Api.Answer refused = admin.post(
                "system/service",
                Api.one(Map.of(
                        "name",
                        "broken",
                        "type",
                        "nodejs",
                        "config",
                        Map.of("content", ""),
                        "service_doc_by_service_id",
                        Map.of("format", 0, "content", "{paths:"))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("no valid JSON");
    }

    @Test
    void aChangedDocumentHoldsAtOnce() {
        long id = make("moving", "nodejs", Map.of("content", "return 1;"), 0, "{\"paths\":{\"/old\":{\"get\":{}}}}");
        admin.patch(
                        "system/service/" + id,
                        Map.of(
                                "service_doc_by_service_id",
                                Map.of("format", 0, "content", "{\"paths\":{\"/new\":{\"get\":{}}}}")))
                .ok();
        assertThat(admin.get("system/event?service=moving&as_list=true").ok().body())
                .isEqualTo("{\"resource\":[\"moving.new.get\"]}");
    }

    @Test
    void aScriptThatKnowsItsAccessListIsAsked() {
        make(
                "own",
                "nodejs",
                Map.of(
                        "content",
                        "if (event.request.parameters.as_access_list) return {resource: ['', '*', 'mine']}; return 1;",
                        "implements_access_list",
                        true),
                0,
                DOCUMENT);
        assertThat(admin.get("own?as_access_list=true").ok().body()).isEqualTo("{\"resource\":[\"\",\"*\",\"mine\"]}");
    }
}
