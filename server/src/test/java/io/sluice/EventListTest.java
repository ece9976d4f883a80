package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET system/event} with all its parameters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventListTest {
    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 1);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static List<String> names(Api.Answer answer) {
        List<String> names = new ArrayList<>();
        answer.at("/resource").forEach(name -> names.add(name.asString()));
        return names;
    }

    @Test
    void anEndpointStandsBeforeItsStages() {
        assertThat(names(admin.get("system/event?service=db&scriptable=true&as_list=true")
                        .ok()))
                .startsWith("db.get", "db.get.pre_process", "db.get.post_process", "db.get.queued")
                .containsSequence(
                        "db._table.{table_name}.put",
                        "db._table.{table_name}.put.pre_process",
                        "db._table.{table_name}.put.post_process",
                        "db._table.{table_name}.put.queued")
                .doesNotHaveDuplicates();
        assertThat(names(admin.get("system/event?service=db&as_list=true").ok()))
                .contains("db._table.{table_name}.{id}.get", "db._schema.{table_name}._field.{field_name}.patch")
                .noneMatch(name -> name.endsWith("_process") || name.endsWith(".queued"));
    }

    @Test
    void theDefaultIsATreeWithTypeEndpointsAndKnownValues() {
        JsonNode table = admin.get("system/event?service=db").ok().at("/db/db._table.{table_name}");
        assertThat(table.toString())
                .isEqualTo(
                        "{\"type\":\"api\",\"endpoints\":[\"db._table.{table_name}.get\",\"db._table.{table_name}.post\","
                                + "\"db._table.{table_name}.put\",\"db._table.{table_name}.patch\",\"db._table.{table_name}.delete\"],"
                                + "\"parameter\":{\"table_name\":[\"contact\"]}}");
        JsonNode root =
                admin.get("system/event?service=db&scriptable=true").ok().at("/db/db");
        assertThat(root.toString())
                .isEqualTo("{\"type\":\"api\",\"endpoints\":[\"db.get\",\"db.get.pre_process\",\"db.get.post_process\","
                        + "\"db.get.queued\"],\"parameter\":null}");
    }

    @Test
    void allServicesAreThere() {
        JsonNode tree = admin.get("system/event").ok().json();
        assertThat(tree.propertyNames()).contains("db", "files", "system", "user");
        List<String> names = names(admin.get("system/event?as_list=true").ok());
        assertThat(names)
                .contains(
                        "db._table.{table_name}.get",
                        "files.get",
                        "files.{folder_path}.post",
                        "files.{file_path}.delete",
                        "system.admin.session.post",
                        "system.cache.delete",
                        "system.cache.{service}.delete",
                        "system.environment.get",
                        "system.event.get",
                        "user.session.put",
                        "user.profile.post");
    }

    @Test
    void servicesOnlyAreTheActiveOnesInOrder() {
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "asleep",
                                "type",
                                "nodejs",
                                "is_active",
                                false,
                                "config",
                                Map.of("content", ""))))
                .expect(201);
        List<String> names = names(admin.get("system/event?services_only=true").ok());
        assertThat(names).contains("db", "files", "system").isSorted().doesNotContain("asleep");
        assertThat(admin.get("system/event").ok().json().has("asleep")).isFalse();
        assertThat(names(admin.get("system/event?service=asleep&as_list=true").ok()))
                .as("asked for by its name it is told, so that scripts can be made ready")
                .contains("asleep.get");
        assertThat(names(admin.get("system/event?service=asleep&services_only=true")
                        .ok()))
                .isEmpty();
    }

    @Test
    void unknownAndForbiddenServicesAreEmptyAnswers() {
        assertThat(admin.get("system/event?service=nope").ok().body()).isEqualTo("{}");
        assertThat(admin.get("system/event?service=nope&as_list=true").ok().body())
                .isEqualTo("{\"resource\":[]}");
        Api lister = server.anonymous().withKey(listerKey());
        assertThat(lister.get("system/event").ok().json().propertyNames()).containsExactly("system");
        assertThat(lister.get("system/event?service=db").ok().body()).isEqualTo("{}");
        assertThat(lister.get("system/event?services_only=true").ok().body()).isEqualTo("{\"resource\":[\"system\"]}");
    }

    private String listerKey() {
        long system = admin.get("system/service?fields=id&filter=name%3D%27system%27")
                .ok()
                .number("/resource/0/id");
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "lister",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id",
                                        system,
                                        "component",
                                        "event/*",
                                        "verb_mask",
                                        1,
                                        "requestor_mask",
                                        1)))))
                .ok()
                .number("/resource/0/id");
        return admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "lister", "is_active", true, "role_id", role, "type", 0)))
                .ok()
                .text("/resource/0/api_key");
    }

    /** What is listed fires, also where an address goes on behind its resource. */
    @Test
    void listedNamesOfTheSystemFire() {
        for (String event : List.of("system.user.{id}.get", "system.user.get")) {
            admin.post(
                            "system/event_script/" + Api.encode(event + ".post_process"),
                            Map.of(
                                    "name",
                                    event + ".post_process",
                                    "type",
                                    "nodejs",
                                    "is_active",
                                    true,
                                    "allow_event_modification",
                                    true,
                                    "content",
                                    "event.response.headers['X-" + (event.contains("{") ? "Id" : "Plain")
                                            + "'] = event.resource;"))
                    .ok();
        }
        assertThat(names(admin.get("system/event?service=system&as_list=true").ok()))
                .contains("system.user.{id}.get", "system.user.get");
        var headers = admin.get("system/user/5").raw().headers();
        assertThat(headers.firstValue("X-Plain")).contains("5");
        assertThat(headers.firstValue("X-Id")).contains("5");
        admin.delete("system/event_script?force=true").ok();
    }
}
