package io.sluice;

import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a push to the answer of the next call, over HTTP, with real Git and a GitHub that speaks its API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookStoryTest {
    private static final String SECRET = "the-secret-of-the-story";

    @TempDir
    static Path folder;

    private Stage stage;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        stage = Stage.open(folder);
        admin = stage.admin;
        stage.service("repo", "Repo", "git", Map.of("base_url", stage.git.uri().toString()));
        stage.service(
                "hub",
                "GitHub",
                "github",
                Map.of("vendor", "Codertocat", "base_url", stage.github.uri().toString()));
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
    }

    /** A script as a service, linked to a file. */
    private void linked(String name, String service, String repository, String branch, String path) {
        Map<String, Object> config = new HashMap<>(Map.of("content", "", "storage_path", path));
        config.put("storage_service_id", stage.id("system/service", service));
        config.put("scm_repository", repository);
        config.put("scm_reference", branch);
        stage.service(name, name, "nodejs", config);
    }

    private long hook(String name, String provider, String service) {
        return admin.post(
                        "system/webhook",
                        one(Map.of(
                                "name",
                                name,
                                "provider",
                                provider,
                                "service_id",
                                stage.id("system/service", service),
                                "secret",
                                SECRET)))
                .expect(201)
                .number("/resource/0/id");
    }

    private void isLive(String service, long version) {
        Eventually.is(
                service + " answers with version " + version,
                () -> admin.get(service) instanceof Api.Answer answer
                        && answer.status() == 200
                        && answer.number("/v") == version);
    }

    private HttpResponse<String> send(long hook, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stage.server.address() + "/hooks/" + hook))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String resource(String file) throws IOException {
        try (var in = WebhookStoryTest.class.getResourceAsStream("/webhook/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPushIsLiveWithoutACallHavingToAskForIt() throws Exception {
        stage.git.create("sales.git");
        stage.git.commit("sales.git", "main", "hello.js", "return {v: 1};", "First");
        linked("hello", "repo", "sales.git", "main", "hello.js");
        isLive("hello", 1);
        long hook = hook("plain", "generic", "repo");
        String commit = stage.git.commit("sales.git", "main", "hello.js", "return {v: 2};", "Second");
        assertThat(admin.get("hello").ok().number("/v"))
                .as("nobody said anything")
                .isEqualTo(1);
        String body = "{\"id\": \"b-17\", \"repository\": \"sales.git\", \"ref\": \"refs/heads/main\"}";
        HttpResponse<String> answer =
                send(hook, body, Map.of("X-Sluice-Signature-256", "sha256=" + Deliver.sign(SECRET, body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        isLive("hello", 2);
        Eventually.is(
                "the log says so",
                () -> admin.get("system/webhook/" + hook + "/delivery")
                        .ok()
                        .at("/resource/0/done")
                        .asBoolean());
        Api.Answer log = admin.get("system/webhook/" + hook + "/delivery").ok();
        assertThat(log.text("/resource/0/delivery")).isEqualTo("b-17");
        assertThat(log.text("/resource/0/commit")).isEqualTo(commit);
        assertThat(log.text("/resource/0/scripts/0/id")).isEqualTo("service:hello");
        assertThat(send(hook, body, Map.of("X-Sluice-Signature-256", "sha256=" + Deliver.sign(SECRET, body)))
                        .statusCode())
                .as("a duplicate")
                .isEqualTo(200);
    }

    @Test
    void whatGitHubSendsMovesTheScriptsOfItsRepository() throws Exception {
        stage.github.commit("Codertocat/Hello-World", "master", "hello.js", "return {v: 1};", "First");
        linked("hub-hello", "hub", "Hello-World", "master", "hello.js");
        isLive("hub-hello", 1);
        long hook = hook("github", "github", "hub");
        String ping = resource("github-ping.json");
        assertThat(Deliver.to(stage.server.address(), hook, SECRET, "ping", "p-1", ping)
                        .body())
                .isEqualTo("{\"verdict\":\"ping\"}");
        stage.github.commit("Codertocat/Hello-World", "master", "hello.js", "return {v: 2};", "Second");
        HttpResponse<String> answer = Deliver.to(
                stage.server.address(),
                hook,
                SECRET,
                "push",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                resource("github-push-branch-new.json"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"verdict\":\"accepted\"}");
        isLive("hub-hello", 2);
        assertThat(stage.server.observed().of(Observation.DeliveryTaken.class))
                .anySatisfy(taken -> assertThat(taken)
                        .returns("Codertocat/Hello-World@master", Observation.DeliveryTaken::where)
                        .returns("6113728f27ae82c7b1a177c8d03f9e96e0adf246", Observation.DeliveryTaken::commit)
                        .returns("72d3162e", Observation.DeliveryTaken::delivery));
    }

    /** Decision of reference 21.1, check 10: the old form looks at nothing, so every delivery is answered alike. */
    @Test
    void theOldFormAnswersPingAndPushAlikeAndManyClearsAreOneFetch() throws Exception {
        stage.github.commit("Codertocat/old", "master", "old.js", "return {v: 1};", "First");
        linked("old-hello", "hub", "old", "master", "old.js");
        isLive("old-hello", 1);
        long system = stage.id("system/service", "system");
        String key = stage.app(
                "old webhook", stage.role("clears one cache", List.of(Stage.access(system, "cache/old-hello", 16))));
        String address = "system/cache/old-hello?api_key=" + key + "&method=DELETE";
        stage.github.commit("Codertocat/old", "master", "old.js", "return {v: 2};", "Second");
        stage.server.observed().forget();
        for (int i = 0; i < 50; i++) {
            String event = i % 2 == 0 ? "ping" : "push";
            String body = resource(i % 2 == 0 ? "github-ping.json" : "github-push-branch-new.json");
            Api.Answer answer = stage.server
                    .anonymous()
                    .with("X-GitHub-Event", event)
                    .with("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
                    .post(address, body);
            assertThat(answer.expect(200).body()).isEqualTo("{\"success\":true}");
        }
        assertThat(stage.server.observed().count(Observation.ScriptFetched.class))
                .as("nothing is fetched before somebody calls")
                .isZero();
        assertThat(admin.get("old-hello").ok().number("/v")).isEqualTo(2);
        assertThat(stage.server.observed().count(Observation.ScriptFetched.class))
                .isEqualTo(1);
        assertThat(stage.server.observed().of(Observation.ScriptCleared.class))
                .hasSize(50)
                .allMatch(clear -> clear.by().startsWith("webhook:github delivery=72d3162e"));
        assertThat(stage.server
                        .anonymous()
                        .post("system/cache/hello?api_key=" + key + "&method=DELETE", "{}")
                        .status())
                .as("that app may clear nothing else")
                .isEqualTo(401);
    }
}
