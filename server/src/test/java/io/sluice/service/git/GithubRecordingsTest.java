package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.CommitFeedback;
import io.sluice.service.CommitFeedback.State;
import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.GitHost;
import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The {@code github} type against answers that were recorded from GitHub ({@code resources/github/NOTICE}). */
class GithubRecordingsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMMIT = "0000000000000000000000000000000000000001";

    @TempDir
    private Path root;

    private StubHost host;
    private Calls github;

    @BeforeEach
    void start() throws IOException {
        host = StubHost.start();
        github = Calls.open(
                "github",
                root,
                NetLimits.DEFAULT,
                Map.of(
                        "vendor",
                        "octokit-fixture-org",
                        "token",
                        "t",
                        "base_url",
                        host.uri().toString()));
    }

    @AfterEach
    void stop() throws IOException {
        github.close();
        host.close();
    }

    /** Writes a recording down, its addresses led to this host; the recording. */
    private Map<?, ?> replay(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/github/" + name + ".json")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("https://api.github.com", host.uri().toString());
            Map<?, ?> recording = JSON.readValue(text, Map.class);
            StringBuilder headers = new StringBuilder();
            ((Map<?, ?>) recording.get("headers"))
                    .forEach((key, value) ->
                            headers.append(key).append(": ").append(value).append("\r\n"));
            host.on(
                    recording.get("method") + " " + recording.get("path"),
                    new Said(
                            (Integer) recording.get("status"),
                            headers.toString(),
                            JSON.writeValueAsString(recording.get("body"))));
            return recording;
        }
    }

    private GitHost git() {
        return (GitHost) github.service();
    }

    @Test
    void aRepositoryTellsItsDefaultBranch() throws IOException {
        replay("repository");
        assertThat(git().defaultBranch("hello-world")).contains("master");
        assertThat(git().fullName("Hello-World")).isEqualTo("octokit-fixture-org/hello-world");
    }

    @Test
    void aRepositoryThatWasRenamedIsFollowedOnTheSameHost() throws IOException {
        replay("repository-moved");
        replay("repository-renamed");
        assertThat(git().defaultBranch("rename-repository")).contains("main");
        assertThat(host.asked()).hasSize(2);
        assertThat(host.last().headers()).containsEntry("authorization", "Bearer t");
    }

    @Test
    void aStatusIsSentAsGitHubTookIt() throws IOException {
        Map<?, ?> recording = replay("status-created");
        Map<?, ?> sent = (Map<?, ?>) recording.get("request");
        Status status =
                new Status(State.SUCCESS, String.valueOf(sent.get("context")), String.valueOf(sent.get("description")));
        assertThat(((CommitFeedback) github.service()).tell("create-status", COMMIT, status))
                .isEmpty();
        Map<?, ?> ours = JSON.readValue(host.last().body(), Map.class);
        assertThat(ours).isNotEmpty();
        ours.forEach((field, value) -> assertThat(value).as("%s", field).isEqualTo(sent.get(field)));
    }

    @Test
    void aWriteToARepositoryThatWasRenamedIsRefusedInWords() throws IOException {
        Map<?, ?> moved = replay("repository-moved-write");
        host.on(
                "POST /repos/octokit-fixture-org/rename-repository/statuses/" + COMMIT,
                new Said(
                        (Integer) moved.get("status"),
                        "Location: " + host.uri() + "/repositories/1000\r\n",
                        JSON.writeValueAsString(moved.get("body"))));
        assertThat(((CommitFeedback) github.service())
                        .tell("rename-repository", COMMIT, new Status(State.SUCCESS, "sluice", "x")))
                .hasValueSatisfying(why -> assertThat(why).contains("the repository has moved"));
    }
}
