package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Content;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The {@code git} type against a real server over HTTP, and against folders of bare repositories. */
class GitServiceTest extends FreshRepository {
    @ParameterizedTest
    @EnumSource
    void aTextComesWithItsCommit(Way way) {
        try (Calls git = open(way)) {
            Reading.Found text = git.found("sales.git", "", "/orders.js");
            assertThat(text.text()).isEqualTo("return 1");
            assertThat(text.revision()).isEqualTo(first);
            assertThat(text.author()).contains("Ann Vale");
            assertThat(text.message()).contains("Count orders");
            assertThat(text.at()).isEqualTo("2026-01-02T10:00:00Z");
            assertThat(((Reading.Found) git.head("sales.git", "main")).text()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void branchesTagsAndCommitsAreFound(Way way) throws IOException {
        server.tag("sales.git", "v1", first);
        String second = server.commit("sales.git", "main", "orders.js", "return 2", "Two");
        server.commit("sales.git", "feature/x", "orders.js", "return 3", "Three");
        try (Calls git = open(way)) {
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 2");
            assertThat(git.found("sales.git", "refs/heads/main", "orders.js").text())
                    .isEqualTo("return 2");
            assertThat(git.found("sales.git", "v1", "orders.js").text()).isEqualTo("return 1");
            assertThat(git.found("sales.git", "v1", "orders.js").revision()).isEqualTo(first);
            assertThat(git.found("sales.git", "feature/x", "orders.js").text()).isEqualTo("return 3");
            assertThat(git.found("sales.git", first, "orders.js").text()).isEqualTo("return 1");
            assertThat(git.found("sales.git", second, "orders.js").text()).isEqualTo("return 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPushIsSeenAtTheNextRead(Way way) throws IOException {
        try (Calls git = open(way)) {
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 1");
            String second = server.commit("sales.git", "main", "orders.js", "return 2", "Two");
            assertThat(git.found("sales.git", "main", "orders.js").revision()).isEqualTo(second);
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsMissing(Way way) throws IOException {
        server.create("empty.git");
        try (Calls git = open(way)) {
            git.missing("there is no repository nothing.git", "nothing.git", "", "orders.js");
            git.missing("no branch or tag 'dev'", "sales.git", "dev", "orders.js");
            git.missing("needs all 40 digits", "sales.git", first.substring(0, 7), "orders.js");
            git.missing("sales.git@main:none.js", "sales.git", "main", "none.js");
            git.missing("no commits", "empty.git", "", "orders.js");
            git.missing("no path", "sales.git", "", "");
            git.missing("no repository is named", "", "", "orders.js");
        }
    }

    /** JGit's server answers with status 500, which trouble of any other kind would be too: the script may be there the next time. */
    @ParameterizedTest
    @EnumSource
    void aCommitThatIsNotThereIsMissingWhereTheHostSaysSo(Way way) {
        String nowhere = "1234567890123456789012345678901234567890";
        try (Calls git = open(way)) {
            switch (way) {
                case FOLDER -> git.missing("commit " + nowhere, "sales.git", nowhere, "orders.js");
                case HTTP ->
                    git.unreachable(
                            "does not give out a commit " + nowhere + " of sales.git; it answered with status 500",
                            "sales.git",
                            nowhere,
                            "orders.js");
            }
        }
    }

    @Test
    void aCommitThatWasFetchedIsNotFetchedAgain() throws Exception {
        server.commit("sales.git", "main", "lib/money.js", "1", "Lib");
        try (Calls git = open(Way.HTTP)) {
            String head = git.found("sales.git", "main", "orders.js").revision();
            int before = server.requests();
            git.found("sales.git", "main", "lib/money.js");
            assertThat(server.requests() - before)
                    .as("only the references are asked for")
                    .isLessThanOrEqualTo(2);
            server.stop();
            assertThat(git.found("sales.git", head, "lib/money.js").text()).isEqualTo("1");
            git.unreachable("takes no connections", "sales.git", "main", "orders.js");
        }
    }

    @Test
    void theRestApiListsAndShows() throws IOException {
        server.create("other.git");
        server.commit("sales.git", "main", "lib/money.js", "1", "Lib");
        server.commit("sales.git", "dev", "orders.js", "return 'dev'", "Dev");
        server.create("team/a b.git");
        server.commit("team/a b.git", "main", "x y.js", "spaces", "Spaces");
        try (Calls git = open(Way.FOLDER)) {
            assertThat(git.list(""))
                    .isEqualTo(List.of(
                            Map.of("name", "_repo"),
                            Map.of("name", "_branch"),
                            Map.of("name", "_tag"),
                            Map.of("name", "_commit")));
            assertThat(git.list("as_list=1", "_repo")).isEqualTo(List.of("other.git", "sales.git"));
            assertThat(git.list("per_page=1&page=2", "_repo")).isEqualTo(List.of(Map.of("name", "sales.git")));
        }
        for (Way way : Way.values()) {
            try (Calls git = open(way)) {
                assertThat(git.list("fields=path,type", "_repo", "sales.git"))
                        .isEqualTo(List.of(
                                Map.of("path", "lib", "type", "dir"), Map.of("path", "orders.js", "type", "file")));
                assertThat(git.list("as_list=1", "_repo", "sales.git", "lib")).isEqualTo(List.of("money.js"));
                assertThat(git.list("fields=path&path=/lib/", "_repo", "sales.git"))
                        .isEqualTo(List.of(Map.of("path", "lib/money.js")));
                assertThat((Map<?, ?>) git.tree("", "_repo", "sales.git", "orders.js"))
                        .hasToString("{name=orders.js, path=orders.js, sha=" + sha(git)
                                + ", type=file, size=8, encoding=base64," + " content=cmV0dXJuIDE=}");
                assertThat(git.raw("content=true", "_repo", "sales.git", "orders.js"))
                        .isEqualTo("return 1");
                assertThat(git.raw("content=1&path=orders.js&branch=dev", "_repo", "sales.git"))
                        .isEqualTo("return 'dev'");
                assertThat(git.raw("content=1", "_repo", "team/a b.git", "x y.js"))
                        .isEqualTo("spaces");
                assertThat(((Content.Bytes) git.get("content=1", "_repo", "sales.git", "orders.js")
                                        .content())
                                .contentType())
                        .isEqualTo("text/plain; charset=utf-8");
                Calls.fails(404, "no branch or tag", () -> git.get("branch=nope", "_repo", "sales.git"));
                Calls.fails(404, "There is no", () -> git.get("", "_repo", "sales.git", "nope.js"));
                Calls.fails(404, "Resource 'x' not found for service 'repo'.", () -> git.get("", "x"));
                Calls.fails(
                        400,
                        "not currently supported",
                        () -> git.service().handle(git.request(Verb.POST, "", "_repo", "sales.git")));
                assertThat(git.service().events(git.request(Verb.GET, "", "_repo", "sales.git", "orders.js")))
                        .containsExactly(new EventPath("repo._repo", "sales.git/orders.js"));
            }
        }
        try (Calls git = open(Way.HTTP)) {
            Calls.fails(404, "no list of its repositories", () -> git.get("", "_repo"));
        }
    }

    private static Object sha(Calls git) {
        return ((Map<?, ?>) git.tree("", "_repo", "sales.git", "orders.js")).get("sha");
    }

    @Test
    void gitItselfPushesAndWeRead() throws Exception {
        server.requiring("ann", CANARY);
        Path work = machine.resolve("work");
        String address = server.uri().toString().replace("://", "://ann:" + CANARY + "@") + "/sales.git";
        run(machine, "git", "clone", "-q", address, work.toString());
        Files.writeString(work.resolve("orders.js"), "return 'pushed'");
        run(work, "git", "-c", "user.name=Bo Reed", "-c", "user.email=bo@example.com", "commit", "-qam", "Push it");
        run(work, "git", "push", "-q", "origin", "HEAD:main");
        for (Way way : Way.values()) {
            String base = way == Way.HTTP ? server.uri().toString() : "file://" + root;
            try (Calls git = open(base, NetLimits.DEFAULT, Map.of("username", "ann", "token", CANARY))) {
                Reading.Found text = git.found("sales.git", "main", "orders.js");
                assertThat(text.text()).isEqualTo("return 'pushed'");
                assertThat(text.author()).contains("Bo Reed");
                assertThat(text.message()).contains("Push it");
            }
        }
        // A work tree on disk serves as well, and a name may leave out its .git.
        Files.move(work, root.resolve("checked-out"));
        try (Calls git = open("file://" + root, NetLimits.DEFAULT, Map.of())) {
            assertThat(git.found("checked-out", "", "orders.js").text()).isEqualTo("return 'pushed'");
            assertThat(git.found("sales", "", "orders.js").text()).isEqualTo("return 'pushed'");
        }
    }

    @Test
    void gitItselfServesAndWeRead() throws Exception {
        String second = server.commit("sales.git", "main", "orders.js", "return 2", "Two");
        server.tag("sales.git", "v1", first);
        server.configure("sales.git", "uploadpack", "allowFilter", "true");
        try (GitHttpBackend backend = GitHttpBackend.start(root);
                Calls git = open(backend.uri().toString(), NetLimits.DEFAULT, Map.of())) {
            assertThat(git.found("sales.git", "", "orders.js").revision()).isEqualTo(second);
            assertThat(git.found("sales.git", "v1", "orders.js").text()).isEqualTo("return 1");
            assertThat(git.found("sales.git", first, "orders.js").text()).isEqualTo("return 1");
            git.missing("does not give out", "sales.git", "1234567890123456789012345678901234567890", "orders.js");
            git.missing("there is no repository nothing.git", "nothing.git", "", "orders.js");
        }
    }

    private static void run(Path folder, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
