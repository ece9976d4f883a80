package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Answers of script services that are kept ({@code cache_enabled}): whose, how long, and what ends them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptAnswerCacheTest {
    private static final String EACH_RUN_ANOTHER = "if (event.request.parameters.fail) throw new Error('no');"
            + " return {run: Math.random(), path: event.resource};";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private long id;

    @BeforeAll
    void start() {
        server = TestServer.start(data);
        admin = server.admin();
        id = admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "dice",
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "config",
                                config(EACH_RUN_ANOTHER))))
                .expect(201)
                .number("/resource/0/id");
    }

    @BeforeEach
    void forget() {
        admin.delete("system/cache/dice").ok();
    }

    private static Map<String, Object> config(String content) {
        return Map.of("content", content, "cache_enabled", true, "cache_ttl", 3600);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String run(Api api, String path) {
        return api.get(path).ok().text("/run");
    }

    @Test
    void aSecondGetIsAnsweredWithoutARun() {
        String first = run(admin, "dice/a?x=1&_=17");
        assertThat(run(admin, "dice/a?_=18&x=1")).isEqualTo(first);
        assertThat(Set.of(run(admin, "dice/a?x=2"), run(admin, "dice/b?x=1"), run(admin, "dice/a")))
                .hasSize(3)
                .doesNotContain(first);
        assertThat(admin.post("dice/a?x=1", "{}").ok().text("/run")).isNotEqualTo(first);
    }

    @Test
    void failuresAreNotKept() {
        assertThat(admin.get("dice?fail=1").status()).isEqualTo(500);
        admin.patch("system/service/" + id, Map.of("config", config("return {run: 'mended'};")))
                .ok();
        assertThat(run(admin, "dice?fail=1")).isEqualTo("mended");
        admin.patch("system/service/" + id, Map.of("config", config(EACH_RUN_ANOTHER)))
                .ok();
    }

    @Test
    void clearingAndSavingEndThem() {
        String first = run(admin, "dice");
        admin.delete("system/cache/dice").ok();
        String second = run(admin, "dice");
        admin.delete("system/cache").ok();
        String third = run(admin, "dice");
        admin.patch("system/service/" + id, Map.of("label", "Dice")).ok();
        String fourth = run(admin, "dice");
        admin.post("system/script/service:dice/refresh", null).ok();
        assertThat(new HashSet<>(List.of(first, second, third, fourth))).hasSize(4);
    }

    @Test
    void nobodyGetsWhatWasMadeForAnother() {
        long role = admin.post(
                        "system/role?related=role_service_access_by_role_id",
                        Api.one(Map.of(
                                "name",
                                "player",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id",
                                        id,
                                        "component",
                                        "*",
                                        "verb_mask",
                                        31,
                                        "requestor_mask",
                                        3,
                                        "filters",
                                        List.of())))))
                .ok()
                .number("/resource/0/id");
        Api one = server.anonymous().withKey(app("one", role));
        Api other = server.anonymous().withKey(app("other", role));
        String mine = run(one, "dice");
        assertThat(run(one, "dice")).isEqualTo(mine);
        assertThat(run(other, "dice")).as("another app").isNotEqualTo(mine);
        assertThat(run(admin, "dice")).as("another person").isNotEqualTo(mine);
        assertThat(one.with("Accept", "application/json, text/plain;q=0.1")
                        .get("dice")
                        .ok()
                        .text("/run"))
                .as("another form")
                .isNotEqualTo(mine);
    }

    /** What a script answers may come from calls that the role allowed then, and from services as they were then. */
    @Test
    void changesOfRolesAppsAndServicesEndThem() {
        long role = admin.post("system/role", Api.one(Map.of("name", "changing", "is_active", true)))
                .ok()
                .number("/resource/0/id");
        String first = run(admin, "dice");
        admin.patch("system/role/" + role, Map.of("description", "other rights"))
                .ok();
        String second = run(admin, "dice");
        assertThat(run(admin, "dice")).isEqualTo(second);
        app("changing", role);
        String third = run(admin, "dice");
        long service = admin.post(
                        "system/service",
                        Api.one(Map.of("name", "other", "type", "nodejs", "config", Map.of("content", "return 1"))))
                .expect(201)
                .number("/resource/0/id");
        String fourth = run(admin, "dice");
        admin.delete("system/service/" + service).ok();
        String fifth = run(admin, "dice");
        assertThat(new HashSet<>(List.of(first, second, third, fourth, fifth))).hasSize(5);
    }

    private String app(String name, long role) {
        return admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", name, "is_active", true, "role_id", role, "type", 0)))
                .ok()
                .text("/resource/0/api_key");
    }

    @Test
    void anEventScriptChangesItsOwnCopy() {
        admin.post(
                        "system/event_script/dice.get.post_process",
                        Map.of(
                                "name",
                                "dice.get.post_process",
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "allow_event_modification",
                                true,
                                "content",
                                "event.response.content.seen = (event.response.content.seen || 0) + 1;"))
                .ok();
        String first = run(admin, "dice");
        Api.Answer second = admin.get("dice").ok();
        assertThat(second.text("/run")).isEqualTo(first);
        assertThat(second.number("/seen")).isEqualTo(1);
        admin.delete("system/event_script?force=true").ok();
    }
}
