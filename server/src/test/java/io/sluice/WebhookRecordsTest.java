package io.sluice;

import static io.sluice.testing.Api.encode;
import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code system/webhook} over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookRecordsTest {
    private static final String MASK = "**********";

    @TempDir
    static Path folder;

    private TestServer server;
    private Api admin;
    private long git;

    @BeforeAll
    void start() throws Exception {
        Path repositories = Files.createDirectories(folder.resolve("git"));
        server = TestServer.start(
                folder.resolve("data"),
                Map.of(
                        Setting.FILES_ROOTS,
                        folder.toString(),
                        Setting.HTTP_PUBLIC_URL,
                        "https://sluice.example.com/base/"));
        admin = server.admin();
        git = admin.post(
                        "system/service",
                        one(Map.of(
                                "name",
                                "repo",
                                "label",
                                "Repo",
                                "type",
                                "git",
                                "is_active",
                                true,
                                "config",
                                Map.of("base_url", repositories.toUri().toString()))))
                .expect(201)
                .number("/resource/0/id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Map<String, Object> fields(String name, Object... more) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", name, "provider", "github", "service_id", git));
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return fields;
    }

    private long create(String name, Object... more) {
        return admin.post("system/webhook", one(fields(name, more))).expect(201).number("/resource/0/id");
    }

    @Test
    void theSecretIsToldOnceWhateverFieldsAreAskedFor() {
        Api.Answer made =
                admin.post("system/webhook?fields=id", one(fields("told once"))).expect(201);
        long id = made.number("/resource/0/id");
        assertThat(made.text("/resource/0/secret")).matches("[0-9a-f]{64}");
        assertThat(made.text("/resource/0/url")).isEqualTo("https://sluice.example.com/base/hooks/" + id);
        String secret = made.text("/resource/0/secret");
        for (String call : List.of("system/webhook/" + id, "system/webhook?fields=*", "system/webhook?ids=" + id)) {
            assertThat(admin.get(call).ok().body()).doesNotContain(secret).contains(MASK);
        }
        assertThat(admin.patch("system/webhook/" + id + "?fields=*", Map.of("repository", "acme/sales"))
                        .ok()
                        .text("/secret"))
                .isEqualTo(MASK);
    }

    @Test
    void recordsAreListedFilteredChangedAndDeleted() {
        long id = create("changed", "branches", List.of("main"), "paths", List.of("scripts/**"));
        Api.Answer shown = admin.get("system/webhook/" + id).ok();
        assertThat(shown.at("/branches").toString()).isEqualTo("[\"main\"]");
        assertThat(shown.at("/paths").toString()).isEqualTo("[\"scripts/**\"]");
        assertThat(shown.at("/is_active").asBoolean()).isTrue();
        assertThat(shown.number("/bad_signatures")).isZero();
        assertThat(shown.text("/created_date")).isNotEmpty();
        admin.put("system/webhook/" + id, Map.of("is_active", false, "provider", "gitea"))
                .ok();
        assertThat(admin.get("system/webhook?fields=id&filter=" + encode("provider='gitea'"))
                        .ok()
                        .column("id"))
                .containsExactly(String.valueOf(id));
        assertThat(admin.get("system/webhook?limit=1&include_count=true").ok().number("/meta/count"))
                .isPositive();
        admin.delete("system/webhook/" + id).ok();
        assertThat(admin.get("system/webhook/" + id).status()).isEqualTo(404);
    }

    @Test
    void aWebhookHasASecretWhateverIsSent() {
        for (Object none : List.of("", "   ", MASK)) {
            assertThat(admin.post("system/webhook", one(fields("no secret " + none, "secret", none)))
                            .expect(201)
                            .text("/resource/0/secret"))
                    .matches("[0-9a-f]{64}");
        }
        long id = create("keeps it", "secret", "a secret of sixteen".replace(' ', '-'));
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("secret", null);
        admin.patch("system/webhook/" + id, nothing).ok();
        assertThat(Deliver.to(server.address(), id, "a-secret-of-sixteen", "ping", "d", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, svn, provider field must be one of",
        "service_id, 99999, no service with id",
        "service_id, 1, not a running Git service",
        "secret, short, secret field must have",
        "secret, with blanks in its middle, secret field must have",
        "branches, main, must be a list",
        "paths, scripts, must be a list",
        "name, '', name field is required"
    })
    void whatARecordMayNotHold(String field, String value, String message) {
        assertThat(admin.post("system/webhook", one(fields("wrong", field, value)))
                        .expect(400)
                        .body())
                .contains(message);
    }

    @Test
    void namesAreTakenOnce() {
        create("mine");
        assertThat(admin.post("system/webhook", one(fields("MINE"))).expect(400).body())
                .contains("taken");
    }

    @Test
    void aServiceStaysWhileWebhooksAreForIt() {
        create("holds on");
        assertThat(admin.delete("system/service/" + git).expect(409).message()).contains("holds on");
    }

    @Test
    void rotationTellsTheNewSecretOnceAndKeepsTheOldOne() {
        long id = create("rotates", "secret", "the-first-one-of-two");
        Api.Answer rotated = admin.post("system/webhook/" + id + "/rotate", Map.of("overlap_seconds", 60))
                .ok();
        String fresh = rotated.text("/secret");
        assertThat(fresh).matches("[0-9a-f]{64}");
        assertThat(rotated.text("/previous_secret_until")).isNotEmpty();
        assertThat(rotated.body()).doesNotContain("the-first-one-of-two");
        for (String secret : List.of("the-first-one-of-two", fresh)) {
            assertThat(Deliver.to(server.address(), id, secret, "ping", "d", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
        admin.post("system/webhook/" + id + "/rotate", Map.of("overlap_seconds", 0))
                .ok();
        assertThat(Deliver.to(server.address(), id, fresh, "ping", "d", "{}").statusCode())
                .isEqualTo(401);
        assertThat(admin.post("system/webhook/" + id + "/rotate", Map.of("overlap_seconds", -1))
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("system/webhook/99999/rotate", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void deliveriesArePagedNewestFirst() {
        long id = create("pages", "secret", "the-secret-of-pages");
        for (int i = 0; i < 5; i++) {
            Deliver.to(server.address(), id, "the-secret-of-pages", "ping", "d-" + i, "{}");
        }
        Api.Answer page =
                admin.get("system/webhook/" + id + "/delivery?limit=2&offset=1").ok();
        assertThat(page.column("delivery")).containsExactly("d-3", "d-2");
        assertThat(page.column("verdict")).containsExactly("ping", "ping");
        assertThat(page.number("/meta/count")).isEqualTo(5);
        long number = page.number("/resource/0/id");
        assertThat(admin.get("system/webhook/" + id + "/delivery/" + number)
                        .ok()
                        .text("/delivery"))
                .isEqualTo("d-3");
        assertThat(admin.post("system/webhook/" + id + "/delivery/" + number + "/redeliver", null)
                        .status())
                .as("a ping told of no branch")
                .isEqualTo(409);
        assertThat(admin.get("system/webhook/99999/delivery").status()).isEqualTo(404);
    }

    @Test
    void aKindOfServiceThatMakesNoWebhooksSaysSo() {
        long id = create("by hand", "repository", "sales.git");
        assertThat(admin.post("system/webhook/" + id + "/install", Map.of())
                        .expect(400)
                        .message())
                .contains("by hand");
    }

    @Test
    void onlyWhoMayAdministerSeesThem() {
        assertThat(server.anonymous().get("system/webhook").status()).isGreaterThanOrEqualTo(400);
    }
}
