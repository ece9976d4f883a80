package io.sluice;

import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F21: secrets of webhooks, and whatever a delivery carries, stand in no observation, no answer and no file. */
class F21_WebhookSecretsTest {
    private static final String SECRET = "canary-secret-41d8cd98f00b";
    private static final String GUESS = "canary-guess-5d41402abc4b2a";
    private static final String IN_BODY = "canary-body-7d793037a0760186";

    @TempDir
    Path folder;

    @Test
    void F21_no_secret_is_seen_anywhere_after_a_run_of_webhooks() throws Exception {
        Path data = folder.resolve("data");
        Path repositories = Files.createDirectories(folder.resolve("git"));
        List<String> answers = new ArrayList<>();
        List<Observation> seen;
        try (TestServer server = TestServer.start(data, Map.of(Setting.FILES_ROOTS, folder.toString()))) {
            Api admin = server.admin();
            long git = admin.post(
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
            for (String provider : List.of("github", "gitlab")) {
                Api.Answer made = admin.post(
                        "system/webhook",
                        one(Map.of("name", provider, "provider", provider, "service_id", git, "secret", SECRET)));
                long id = made.expect(201).number("/resource/0/id");
                run(server.address(), id, answers);
                answers.add(admin.get("system/webhook/" + id).ok().body());
                answers.add(admin.patch("system/webhook/" + id + "?fields=*", Map.of("is_active", true))
                        .ok()
                        .body());
                answers.add(admin.post("system/webhook/" + id + "/rotate", Map.of("overlap_seconds", 60))
                        .ok()
                        .body());
                answers.add(admin.post(
                                "system/webhook/" + id + "/install",
                                Map.of("address", "https://x.example.com", "repository", "a"))
                        .expect(400)
                        .body());
                answers.add(admin.post(
                                "system/webhook",
                                one(Map.of("name", provider, "provider", "x", "service_id", git, "secret", SECRET)))
                        .expect(400)
                        .body());
                run(server.address(), id, answers);
                answers.add(admin.get("system/webhook/" + id + "/delivery").ok().body());
            }
            answers.add(admin.get("system/webhook").ok().body());
            seen = server.observed().of(Observation.class);
        }
        assertThat(seen).anyMatch(Observation.DeliveryTaken.class::isInstance);
        assertThat(seen).anyMatch(Observation.DeliveryRefused.class::isInstance);
        for (String canary : List.of(SECRET, GUESS, IN_BODY)) {
            assertThat(String.valueOf(seen)).as(canary).doesNotContain(canary);
            assertThat(String.join("\n", answers)).as(canary).doesNotContain(canary);
            assertThat(files(data)).as(canary).doesNotContain(canary);
        }
    }

    private static void run(String address, long hook, List<String> answers) throws Exception {
        String body = """
            {"ref": "refs/heads/main", "object_kind": "push", "token": "%s", "project": {"path_with_namespace": "a"},
             "repository": {"full_name": "a"}, "total_commits_count": 0, "commits": []}""".formatted(IN_BODY);
        for (String name : List.of("X-Gitlab-Token", "X-Hub-Signature-256")) {
            answers.add(send(address, hook, body, Map.of(name, GUESS)));
            answers.add(send(address, hook, body, Map.of(name, "sha256=" + GUESS)));
            answers.add(send(address, hook, "not json " + IN_BODY, right(body)));
        }
        answers.add(send(address, hook, body, right(body)));
        answers.add(send(address, hook, "broken " + IN_BODY, right("broken " + IN_BODY)));
    }

    private static Map<String, String> right(String body) {
        return Map.of(
                "X-GitHub-Event",
                "push",
                "X-Gitlab-Event",
                "Push Hook",
                "X-Gitlab-Token",
                SECRET,
                "X-Hub-Signature-256",
                "sha256=" + Deliver.sign(SECRET, body));
    }

    private static String send(String address, long hook, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/hooks/" + hook))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.headers().map() + answer.body();
    }

    private static String files(Path data) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
