package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.service.TextSource.Reading;
import io.sluice.testing.GithubHost;
import io.sluice.testing.GithubHost.Mood;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code github} type against a host that answers in GitHub's recorded and documented shapes. */
class GithubServiceTest {
    private static final String TOKEN = "ghp_canary7f3a";

    @TempDir
    private Path root;

    private GithubHost host;
    private String first;
    private Calls github;

    @BeforeEach
    void start() throws IOException {
        host = GithubHost.start();
        first = host.commit("acme/sales", "main", "orders.js", "return 1", "Count orders\n\nOnce and for all.");
        github = open(NetLimits.DEFAULT, Map.of());
    }

    @AfterEach
    void stop() {
        github.close();
        host.close();
    }

    private Calls open(NetLimits limits, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>();
        config.put("vendor", "acme");
        config.put("token", TOKEN);
        config.put("base_url", host.uri() + "/");
        config.putAll(more);
        return Calls.open("github", root, limits, config);
    }

    @Test
    void aTextComesWithItsCommit() {
        Reading.Found text = github.found("sales", "", "/orders.js");
        assertThat(text.text()).isEqualTo("return 1");
        assertThat(text.revision()).isEqualTo(first);
        assertThat(text.author()).contains("Bo Reed");
        assertThat(text.message()).contains("Count orders");
        assertThat(text.at()).isEqualTo("2026-01-02T10:00:00Z");
        assertThat(((Reading.Found) github.head("sales", "main")).text()).isEqualTo(first);
    }

    @Test
    void aTokenAloneIsSentAsBearer() {
        github.found("sales", "main", "orders.js");
        assertThat(host.asked())
                .allSatisfy(asked -> assertThat(asked.headers())
                        .containsEntry("Authorization", "Bearer " + TOKEN)
                        .containsEntry("User-Agent", "Sluice"));
        assertThat(host.asked())
                .extracting(GithubHost.Asked::path)
                .containsExactly(
                        "/repos/acme/sales/commits/main?per_page=1",
                        "/repos/acme/sales/contents/orders.js?ref=" + first);
        assertThat(host.asked().getLast().headers()).containsEntry("Accept", "application/vnd.github.raw+json");
    }

    @Test
    void aPushBetweenTheTwoQuestionsDoesNotMixThem() {
        host.beforeContents(() -> {
            host.beforeContents(() -> {});
            host.commit("acme/sales", "main", "orders.js", "return 2", "Two");
        });
        Reading.Found text = github.found("sales", "main", "orders.js");
        assertThat(text.text()).isEqualTo("return 1");
        assertThat(text.revision()).isEqualTo(first);
        assertThat(github.found("sales", "main", "orders.js").text()).isEqualTo("return 2");
    }

    @Test
    void anUnmovedBranchIsAskedForConditionallyAndACommitNotAtAll() {
        github.head("sales", "main");
        github.head("sales", "main");
        assertThat(host.asked().getLast().headers()).containsEntry("If-None-Match", "\"" + first + "\"");
        int before = host.requests();
        assertThat(github.found("sales", first, "orders.js").revision()).isEqualTo(first);
        assertThat(host.requests() - before).isEqualTo(1);
    }

    @Test
    void branchesTagsCommitsAndOtherOwnersAreFound() {
        host.commit("acme/sales", "feature/x", "lib/a b.js", "spaces", "X");
        host.commit("umbrella/hr", "trunk", "a.js", "theirs", "Theirs");
        assertThat(github.found("sales", "feature/x", "lib/a b.js").text()).isEqualTo("spaces");
        assertThat(github.found("umbrella/hr", "", "a.js").text()).isEqualTo("theirs");
        assertThat(github.found("sales", first, "orders.js").text()).isEqualTo("return 1");
    }

    @Test
    void whatIsNotThereIsMissing() {
        host.commit("acme/sales", "main", "bad.js", new byte[] {'a', (byte) 0xff}, "Bad");
        host.commit(
                "acme/sales", "main", "lfs.js", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "LFS");
        host.commit("acme/sales", "main", "lib/money.js", "1", "Lib");
        host.commit("acme/sales", "main", "big.js", new byte[RepoHost.MAX_FILE_BYTES + 1], "Big");
        github.missing("nothing", "nothing", "", "orders.js");
        github.missing("no branch or tag 'dev'", "sales", "dev", "orders.js");
        github.missing("sales:none.js", "sales", "", "none.js");
        github.missing("folder", "sales", "", "lib");
        github.unfit("UTF-8", "sales", "", "bad.js");
        github.unfit("LFS", "sales", "", "lfs.js");
        github.unfit("larger than the 4 MB", "sales", "", "big.js");
        int before = host.requests();
        github.missing("plain names", "sales", "", "../../../user");
        github.missing("plain names", "../../user", "", "orders.js");
        github.missing("name or owner/name", "a/b/c", "", "orders.js");
        github.missing("cannot be the name", "sales", "main..dev", "orders.js");
        assertThat(host.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "DEAD, broke off",
        "UNAUTHORIZED, refuses the token",
        "FORBIDDEN, check what the token",
        "BROKEN, status 502",
        "HTML, not that of GitHub's API",
        "TRUNCATED, broke off",
        "ERROR_AS_JSON, something other than the file"
    })
    void f16_aHostThatFailsIsUnreachableInPlainWords(Mood mood, String why) {
        host.mood(mood);
        github.unreachable(why, "sales", "main", "orders.js");
        assertThat(github.read("sales", "main", "orders.js").toString()).doesNotContain(TOKEN);
        host.mood(Mood.WELL);
        assertThat(github.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
    }

    @Test
    void f16_aPageInsteadOfTheFileIsUnreachableThoughTheCommitIsKnown() {
        github.found("sales", first, "orders.js");
        host.mood(Mood.HTML);
        github.unreachable("something other than the file", "sales", first, "orders.js");
        host.mood(Mood.TRUNCATED);
        github.unreachable("broke off", "sales", first, "orders.js");
        host.mood(Mood.EMPTY);
        assertThat(github.found("sales", first, "orders.js").text()).isEmpty();
    }

    @Test
    void aSlowHostIsGivenUp() {
        host.mood(Mood.SLOW);
        Duration tenth = Duration.ofMillis(100);
        try (Calls hasty = open(new NetLimits(tenth, tenth, tenth, 1, 1), Map.of())) {
            hasty.unreachable("did not answer in time", "sales", "main", "orders.js");
        }
    }

    @Test
    void aHostThatIsGoneIsUnreachable() {
        host.close();
        github.unreachable("takes no connections", "sales", "main", "orders.js");
    }

    @Test
    void f17_aRedirectToAnotherHostIsNotFollowed() throws IOException {
        try (GithubHost other = GithubHost.start()) {
            other.commit("acme/sales", "main", "orders.js", "stolen", "Trap");
            host.redirectTo(other.uri().toString());
            github.unreachable("redirects to another host", "sales", "main", "orders.js");
            host.redirectTo("http://169.254.169.254/latest");
            github.unreachable("redirects to another host", "sales", "main", "orders.js");
            assertThat(other.requests()).isZero();
            host.redirectTo(host.uri().toString());
            github.unreachable("without end", "sales", "main", "orders.js");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/",
                "http://2852039166/api",
                "http://0xA9FEA9FE/api",
                "http://[fd00:ec2::254]/api",
                "http://[64:ff9b::a9fe:a9fe]/api",
                "http://100.100.100.200/api",
                "https://user:" + TOKEN + "@ghe.example.com/api/v3",
                "ftp://ghe.example.com",
                "ghe.example.com/api/v3"
            })
    void f17_addressesThatMayNotBeAreRefusedWhenSaved(String base) {
        Calls.fails(400, "base_url", () -> open(NetLimits.DEFAULT, Map.of("base_url", base)));
        try {
            open(NetLimits.DEFAULT, Map.of("base_url", base));
        } catch (ApiException e) {
            assertThat(e.error().message()).doesNotContain(TOKEN);
        }
    }

    @Test
    void configThatCannotWorkIsRefused() {
        Calls.fails(400, "vendor", () -> open(NetLimits.DEFAULT, Map.of("vendor", "../user")));
        Calls.fails(400, "vendor", () -> open(NetLimits.DEFAULT, Map.of("vendor", " ")));
        Calls.fails(400, "token", () -> open(NetLimits.DEFAULT, Map.of("token", "a\r\nX-Evil: 1")));
    }

    @Test
    void theRestApiHandsOnWhatTheHostSays() throws IOException {
        host.commit("acme/sales", "main", "lib/money.js", "1", "Lib");
        host.commit("acme/hr", "main", "a.js", "1", "HR");
        assertThat(github.list("as_list=1", "_repo"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder("sales", "hr");
        assertThat(github.list("fields=path,type", "_repo", "sales"))
                .isEqualTo(List.of(Map.of("path", "lib", "type", "dir"), Map.of("path", "orders.js", "type", "file")));
        assertThat(github.tree("", "_repo", "sales", "orders.js"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("encoding", "base64")
                .containsKeys("name", "path", "sha", "size", "type", "content");
        assertThat(github.raw("content=true&path=orders.js&branch=main", "_repo", "sales"))
                .isEqualTo("return 1");
        assertThat(github.raw("content=true", "_repo", "acme/sales", "lib", "money.js"))
                .isEqualTo("1");
        Calls.fails(404, "There is no", () -> github.get("", "_repo", "sales", "none.js"));
        host.mood(Mood.UNAUTHORIZED);
        Calls.fails(502, "refuses the token", () -> github.get("", "_repo", "sales"));
        host.mood(Mood.RATE_LIMITED);
        Calls.fails(503, "rate limit", () -> github.get("", "_repo", "sales"));
    }

    @Test
    void recordedAnswersOfGitHubAreUnderstood() throws IOException {
        host.replay("contents-listing");
        host.replay("contents-raw");
        host.commit("octokit-fixture-org/hello-world", "main", "README.md", "never sent", "Readme");
        try (Calls octokit = open(NetLimits.DEFAULT, Map.of("vendor", "octokit-fixture-org"))) {
            assertThat(octokit.raw("content=1", "_repo", "hello-world", "README.md"))
                    .isEqualTo("# hello-world");
            assertThat(octokit.found("hello-world", "", "README.md").text()).isEqualTo("# hello-world");
            assertThat(octokit.list("as_list=1", "_repo", "hello-world")).isEqualTo(List.of("README.md"));
        }
    }
}
