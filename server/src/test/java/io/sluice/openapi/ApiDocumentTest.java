package io.sluice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.Api.Answer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.ServerProcess;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Documents as their readers get them, over a service of every kind. */
class ApiDocumentTest {
    @TempDir
    static Path data;

    private static TestServer server;
    private static Api admin;

    @BeforeAll
    static void start() throws IOException {
        PostgresServer postgres = PostgresServer.get();
        Map<String, Object> config = postgres.newDatabase();
        postgres.run(config, Files.readString(ServerProcess.root().resolve("conformance/sample.sql")));
        server = TestServer.start(data);
        admin = server.admin();
        serve("sample", "pgsql", config);
        serve("lite", "sqlite", Map.of("database", "lite.db"));
        serve("repo", "git", Map.of("base_url", "https://git.example.com/team"));
        serve("hub", "github", Map.of("vendor", "acme", "username", "u", "password", "t"));
        serve("hello", "nodejs", Map.of("content", "return 1;"));
        serve("far", "rws", Map.of("base_url", "https://api.example.com/v1"));
    }

    private static void serve(String name, String type, Map<String, Object> config) {
        admin.post(
                        "system/service",
                        Api.one(Map.of("name", name, "label", name, "type", type, "is_active", true, "config", config)))
                .expect(201);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonNode document(String path) {
        return admin.get("api_docs" + path).expect(200).json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "lite", "repo", "hub", "hello", "far", "files", "system", "user", "api_docs"})
    void everyKindOfServiceHasAValidDocument(String service) {
        JsonNode newer = document("/" + service);
        assertThat(newer.get("openapi").asString()).isEqualTo("3.1.0");
        assertThat(newer.at("/servers/0/url").asString()).isEqualTo("/api/v2/" + service);
        Specification.holds(newer);
        JsonNode older = document("/" + service + "?openapi=3.0");
        assertThat(older.get("openapi").asString()).isEqualTo("3.0.0");
        Specification.holds(older);
        assertThat(names(older.get("paths"))).isEqualTo(names(newer.get("paths")));
    }

    @Test
    void oneDocumentForAll() {
        for (String form : List.of("", "?openapi=3.0", "?expand_schema=true")) {
            JsonNode all = document(form);
            Specification.holds(all);
            assertThat(all.at("/servers/0/url").asString()).isEqualTo("/api/v2");
            assertThat(names(all.get("paths"))).contains("/files/{file_path}", "/sample/_schema", "/hello/");
        }
        assertThat(names(document("?expand_schema=true").get("paths"))).contains("/sample/_table/customer");
        assertThat(admin.get("api_docs?as_list=true").ok().body()).contains("\"sample\"", "\"files\"");
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    @Test
    void columnsAreTold() {
        JsonNode document = document("/sample");
        JsonNode columns = document.at("/components/schemas/sample.customer/properties");
        assertThat(columns.at("/name/type").asString()).isEqualTo("string");
        assertThat(columns.at("/name/maxLength").asInt()).isEqualTo(60);
        assertThat(columns.at("/city/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(columns.at("/credit/type").asString()).isEqualTo("number");
        assertThat(columns.at("/active/default").asBoolean()).isTrue();
        assertThat(document.at("/components/schemas/sample.customer-new/allOf/1/required")
                        .toString())
                .isEqualTo("[\"name\"]");
        assertThat(document.at("/paths/~1_table~1customer/get/operationId").asString())
                .isEqualTo("getSampleCustomer");
        JsonNode older = document("/sample?openapi=3.0").at("/components/schemas/sample.customer/properties/city");
        assertThat(older.get("type").asString()).isEqualTo("string");
        assertThat(older.get("nullable").asBoolean()).isTrue();
        assertThat(names(document("/sample?expand_schema=false").get("paths")))
                .contains("/_table/{table_name}")
                .doesNotContain("/_table/customer");
    }

    @Test
    void whatIsDocumentedIsTrue() {
        JsonNode document = document("/sample");
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            String below = path.getKey();
            if (below.startsWith("/_table/") && !below.contains("{")) {
                JsonNode many = path.getValue();
                check(document, many.get("get"), admin.get("sample" + below), 200);
                check(document, many.get("get"), admin.get("sample" + below + "?count_only=true"), 200);
                check(document, many.get("get"), admin.get("sample" + below + "?as_list=true"), 200);
                check(document, many.get("get"), admin.get("sample" + below + "?include_count=true&limit=1"), 200);
                check(document, many.get("get"), admin.get("sample" + below + "?filter=" + Api.encode("nix = 1")), 400);
            }
        }
        check(document, document.at("/paths/~1/get"), admin.get("sample"), 200);
        check(document, document.at("/paths/~1_table/get"), admin.get("sample/_table"), 200);
        check(document, document.at("/paths/~1_schema/get"), admin.get("sample/_schema?fields=*"), 200);
    }

    @Test
    void singleRecordsAnswerAsDocumented() {
        JsonNode document = document("/sample");
        for (String table : List.of("customer", "orders", "order_item", "tag")) {
            JsonNode one = document.at("/paths/~1_table~1" + table + "~1{id}");
            String address = "sample/_table/" + table + "/";
            check(
                    document,
                    one.get("get"),
                    admin.get(address
                            + one.at("/get/parameters").path(0).path("example").asInt(1)),
                    200);
            check(document, one.get("get"), admin.get(address + "999999"), 404);
            check(document, one.get("patch"), admin.patch(address + 1, Map.of("nix", 1)), 400);
        }
    }

    @Test
    void exampleBodiesAreTaken() {
        JsonNode document = document("/sample");
        for (String table : List.of("customer", "product", "orders", "order_item", "note", "tag")) {
            JsonNode post = document.at("/paths/~1_table~1" + table + "/post");
            JsonNode example = post.at("/requestBody/content/application~1json/example");
            Map<String, Object> record = new HashMap<>();
            example.at("/resource/0").properties().forEach(each -> record.put(each.getKey(), each.getValue()));
            record.computeIfPresent("sku", (name, value) -> table.equals("product") ? value : "A-1");
            Answer made = admin.post("sample/_table/" + table + "?fields=*", Api.one(record));
            check(document, post, made, 200);
            check(document, post, admin.post("sample/_table/" + table, Api.one(Map.of("nix", 1))), 400);
            // the rows go again: other tests count on the sample
            String key = made.at("/resource/0").has("id") ? made.text("/resource/0/id") : made.text("/resource/0/sku");
            check(
                    document,
                    document.at("/paths/~1_table~1" + table + "~1{id}/delete"),
                    admin.delete("sample/_table/" + table + "/" + Api.encode(key)),
                    200);
        }
    }

    private static void check(JsonNode document, JsonNode operation, Answer answer, int status) {
        answer.expect(status);
        Specification.answers(document, operation, status, answer.json());
    }

    @Test
    void aReaderIsToldNoMoreThanTheirRoleAllows() {
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "narrow",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(
                                        Map.of(
                                                "service_id",
                                                id("sample"),
                                                "component",
                                                "_table/customer",
                                                "verb_mask",
                                                3),
                                        Map.of(
                                                "service_id",
                                                id("sample"),
                                                "component",
                                                "_table/customer/*",
                                                "verb_mask",
                                                1)))))
                .expect(201)
                .number("/resource/0/id");
        String key = admin.post(
                        "system/app?fields=*", Api.one(Map.of("name", "narrow", "is_active", true, "role_id", role)))
                .expect(201)
                .text("/resource/0/api_key");
        admin.post(
                        "system/user",
                        Api.one(Map.of(
                                "email",
                                "narrow@example.com",
                                "name",
                                "Narrow",
                                "password",
                                "a long pass phrase 16",
                                "is_active",
                                true)))
                .expect(201);
        Api app = server.anonymous().withKey(key);
        Api narrow = app.withToken(
                app.post("user/session", Map.of("email", "narrow@example.com", "password", "a long pass phrase 16"))
                        .ok()
                        .text("/session_token"));

        Answer told = narrow.get("api_docs/sample").expect(200);
        Specification.holds(told.json());
        assertThat(names(told.at("/paths"))).containsExactly("/_table/customer", "/_table/customer/{id}");
        assertThat(names(told.at("/paths/~1_table~1customer"))).containsExactly("get", "post");
        assertThat(names(told.at("/paths/~1_table~1customer~1{id}"))).containsExactly("get");
        assertThat(told.body()).doesNotContain("product", "order_item", "customer_tag");
        assertThat(narrow.get("api_docs/files").expect(403).message()).contains("files");
        assertThat(narrow.get("api_docs?as_list=true").ok().at("/resource").toString())
                .isEqualTo("[\"sample\"]");
        server.anonymous().get("api_docs/sample").expect(403);
    }

    private static long id(String service) {
        return admin.get("system/service?filter=" + Api.encode("name='" + service + "'"))
                .ok()
                .number("/resource/0/id");
    }

    @Test
    void aStoredDocumentStandsForTheGeneratedOne() {
        admin.patch(
                        "system/service/" + id("far"),
                        Map.of(
                                "service_doc_by_service_id",
                                Map.of("format", 1, "content", "openapi: 3.1.0\ninfo: {title: '{service.Name} API'}")))
                .ok();
        assertThat(document("/far").at("/info/title").asString()).isEqualTo("Far API");
        assertThat(admin.patch(
                                "system/service/" + id("far"),
                                Map.of("service_doc_by_service_id", Map.of("format", 0, "content", "{nope")))
                        .expect(400)
                        .message())
                .contains("no valid JSON");
        assertThat(document("/far").at("/info/title").asString()).isEqualTo("Far API");
        Map<String, Object> none = new HashMap<>();
        none.put("service_doc_by_service_id", null);
        admin.patch("system/service/" + id("far"), none).ok();
        Specification.holds(document("/far"));
    }

    @Test
    void aDatabaseThatIsAwayDoesNotTakeTheOthersWithIt() {
        serve(
                "away",
                "pgsql",
                Map.of("host", "127.0.0.1", "port", 1, "database", "x", "username", "x", "password", "x"));
        admin.get("api_docs/away").expect(503);
        JsonNode all = document("?expand_schema=true");
        Specification.holds(all);
        assertThat(names(all.get("paths"))).contains("/away/_table/{table_name}", "/sample/_table/customer");
        admin.delete("system/service/" + id("away")).ok();
    }
}
