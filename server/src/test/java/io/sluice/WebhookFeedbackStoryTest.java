package io.sluice;

import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.GithubTold.Written;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook that Sluice made at the host itself: delivery, promotion, and the status beside the commit, over HTTP. */
class WebhookFeedbackStoryTest {
    private static final String REPOSITORY = "acme/sales";

    @TempDir
    private Path folder;

    private Stage stage;
    private Api admin;

    @BeforeEach
    void start() throws Exception {
        stage = Stage.open(folder);
        admin = stage.admin;
        stage.service(
                "hub",
                "GitHub",
                "github",
                Map.of(
                        "vendor",
                        "acme",
                        "token",
                        "t",
                        "commit_status",
                        true,
                        "base_url",
                        stage.github.uri().toString()));
        stage.github.commit(REPOSITORY, "main", "orders.js", "return {v: 1};", "First");
        stage.service(
                "orders",
                "Orders",
                "nodejs",
                Map.of(
                        "content",
                        "",
                        "storage_service_id",
                        stage.id("system/service", "hub"),
                        "storage_path",
                        "orders.js",
                        "scm_repository",
                        REPOSITORY,
                        "scm_reference",
                        "main"));
        assertThat(admin.get("orders").ok().number("/v")).isEqualTo(1);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private long installed() {
        long hook = admin.post(
                        "system/webhook",
                        one(Map.of(
                                "name",
                                "sales",
                                "provider",
                                "github",
                                "service_id",
                                stage.id("system/service", "hub"),
                                "repository",
                                REPOSITORY)))
                .expect(201)
                .number("/resource/0/id");
        admin.post("system/webhook/" + hook + "/install", Map.of("address", "https://sluice.example.com"))
                .ok();
        return hook;
    }

    private void push(long hook, String secret, String commit) {
        String body = """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "created": false, "deleted": false, "forced": false,
                 "repository": {"full_name": "%s"}, "commits": []}""".formatted("1".repeat(40), commit, REPOSITORY);
        assertThat(Deliver.to(stage.server.address(), hook, secret, "push", "push-" + commit, body)
                        .statusCode())
                .isEqualTo(202);
    }

    private Written statusOf(String commit) {
        String path = "/repos/" + REPOSITORY + "/statuses/" + commit;
        Eventually.is(
                "the host is told of " + commit,
                () -> stage.github.told().statuses().stream()
                        .anyMatch(one -> one.path().equals(path)));
        return stage.github.told().statuses().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fromTheHookMadeAtTheHostToTheStatusBesideTheCommit() {
        long hook = installed();
        assertThat(stage.github.told().hooks()).hasSize(1);
        Map<?, ?> made = stage.github.told().hooks().getFirst().body();
        Map<?, ?> config = (Map<?, ?>) made.get("config");
        assertThat(config.get("url")).isEqualTo("https://sluice.example.com/hooks/" + hook);
        assertThat(config.get("content_type")).isEqualTo("json");
        String secret = String.valueOf(config.get("secret"));

        String good = stage.github.commit(REPOSITORY, "main", "orders.js", "return {v: 2};", "Second");
        push(hook, secret, good);
        assertThat(statusOf(good).body())
                .isEqualTo(Map.of("state", "success", "context", "sluice", "description", "1 script promoted"));
        assertThat(admin.get("orders").ok().number("/v")).isEqualTo(2);

        String bad = stage.github.commit(REPOSITORY, "main", "orders.js", "let a = 1;\nreturn {v: ;", "Third");
        push(hook, secret, bad);
        Map<?, ?> failure = statusOf(bad).body();
        assertThat(failure.get("state")).isEqualTo("failure");
        assertThat(failure.get("context")).isEqualTo("sluice");
        assertThat(String.valueOf(failure.get("description")))
                .startsWith("1 of 1 does not compile: orders.js line 2, column 12: ");
        assertThat(admin.get("orders").ok().number("/v"))
                .as("the last good version")
                .isEqualTo(2);
        assertThat(stage.github.told().statuses()).hasSize(2);
    }

    @Test
    void anotherSecretThanTheInstalledOneIsRefused() {
        long hook = installed();
        assertThat(Deliver.to(stage.server.address(), hook, "not-the-installed-secret", "push", "x", "{}")
                        .statusCode())
                .isEqualTo(401);
    }
}
