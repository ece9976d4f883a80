package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.TextSource.Reading;
import io.sluice.testing.GitServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code git} type does not read, where it does not go, and what it says of hosts that fail. */
class GitBoundsTest extends FreshRepository {
    @ParameterizedTest
    @EnumSource
    void f18_entriesThatAreNoPlainFilesAreRefused(Way way) throws IOException {
        server.commitEntry("sales.git", "main", "link.js", FileMode.SYMLINK, "/etc/passwd".getBytes());
        server.commitEntry("sales.git", "main", "sub", FileMode.GITLINK, new byte[0]);
        server.commitEntry("sales.git", "main", "bad.js", FileMode.REGULAR_FILE, new byte[] {'a', (byte) 0xff});
        server.commit(
                "sales.git",
                "main",
                "lfs.js",
                "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n",
                "LFS");
        server.commit("sales.git", "main", "lib/money.js", "1", "Lib");
        try (Calls git = open(way)) {
            git.missing("symbolic link", "sales.git", "", "link.js");
            git.missing("submodule", "sales.git", "", "sub");
            git.missing("UTF-8", "sales.git", "", "bad.js");
            git.missing("LFS", "sales.git", "", "lfs.js");
            git.missing("folder", "sales.git", "", "lib");
            git.missing("sub/x.js", "sales.git", "", "sub/x.js");
        }
    }

    @ParameterizedTest
    @EnumSource
    void f18_placesThatClimbAreRefused(Way way) throws IOException {
        Files.writeString(machine.resolve("secret.js"), "outside");
        try (Calls git = open(way)) {
            for (String path : List.of("../secret.js", "a/../../secret.js", "./orders.js", "a\\b", "a\0b", "a//b")) {
                assertThat(git.read("sales.git", "", path)).as(path).isInstanceOf(Reading.Missing.class);
            }
            for (String repository :
                    List.of("../root/sales.git", "..", "sales.git/../sales.git", "https://evil.example/x")) {
                assertThat(git.read(repository, "", "orders.js")).as(repository).isInstanceOf(Reading.Missing.class);
            }
            for (String reference :
                    List.of("--upload-pack=x", "main..dev", "a b", "refs/../main", "main~1", "HEAD^{/x}")) {
                assertThat(git.read("sales.git", reference, "orders.js"))
                        .as(reference)
                        .isInstanceOf(Reading.Missing.class);
            }
            git.missing(".git/config", "sales.git", "", ".git/config");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTextHasALimit(Way way) throws IOException {
        byte[] big = new byte[RepoHost.MAX_FILE_BYTES + 1];
        server.commitEntry("sales.git", "main", "big.js", FileMode.REGULAR_FILE, big);
        try (Calls git = open(way)) {
            git.missing("larger than the 4 MB", "sales.git", "", "big.js");
            assertThat(git.found("sales.git", "", "orders.js").text()).isEqualTo("return 1");
        }
    }

    @Test
    void foldersOutsideOfTheRootsAreOutOfReach() throws IOException {
        Calls.fails(400, "outside", () -> open("file://" + machine, NetLimits.DEFAULT, Map.of()));
        Calls.fails(400, "outside", () -> open("file://" + root + "/../..", NetLimits.DEFAULT, Map.of()));
        Path elsewhere = Files.createDirectory(machine.resolve("elsewhere"));
        try (GitServer other = startIn(elsewhere)) {
            other.create("private.git");
            other.commit("private.git", "main", "secret.js", "secret", "Secret");
        } catch (Exception e) {
            throw new IOException(e);
        }
        Files.createSymbolicLink(root.resolve("door.git"), elsewhere.resolve("private.git"));
        Path borrower = server.create("borrower.git");
        Files.writeString(borrower.resolve("objects/info/alternates"), elsewhere.resolve("private.git/objects") + "\n");
        try (Calls git = open(Way.FOLDER)) {
            git.missing("leads out", "door.git", "", "secret.js");
            git.missing("borrows its objects", "borrower.git", "", "secret.js");
        }
    }

    private static GitServer startIn(Path folder) throws Exception {
        return GitServer.start(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ann:" + CANARY + "@git.example.com/team",
                "https://" + CANARY + "@git.example.com",
                "ftp://git.example.com/" + CANARY,
                "git.example.com/" + CANARY,
                "https://",
                "https://git.example.com?token=" + CANARY,
                "http://169.254.169.254/latest",
                "http://[fd00:ec2::254]/",
                "http://[::ffff:169.254.169.254]/",
                "file://host/srv/git",
                "not an address " + CANARY
            })
    void addressesThatCannotBeAreRefusedWithoutRepeatingThem(String base) {
        Calls.fails(400, "", () -> open(base, NetLimits.DEFAULT, Map.of()));
        try {
            open(base, NetLimits.DEFAULT, Map.of());
        } catch (io.sluice.api.ApiException e) {
            assertThat(e.error().message()).doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@host/team", "git@host:team/sales.git"})
    void sshIsSaidToBeMissing(String base) {
        Calls.fails(501, "ssh", () -> open(base, NetLimits.DEFAULT, Map.of()));
    }

    @Test
    void credentialsAreSentAndNeverShown() throws IOException {
        server.requiring("ann", CANARY);
        try (Calls git =
                open(server.uri().toString(), NetLimits.DEFAULT, Map.of("username", "ann", "password", CANARY))) {
            assertThat(git.found("sales.git", "", "orders.js").text()).isEqualTo("return 1");
        }
        try (Calls git = open(server.uri().toString(), NetLimits.DEFAULT, Map.of())) {
            git.unreachable("asks for credentials", "sales.git", "", "orders.js");
        }
        try (Calls git = open(server.uri().toString(), NetLimits.DEFAULT, Map.of("token", CANARY))) {
            git.unreachable("refuses the credentials", "sales.git", "", "orders.js");
            assertThat(git.read("sales.git", "", "orders.js").toString()).doesNotContain(CANARY);
            Calls.fails(502, "refuses the credentials", () -> git.get("", "_repo", "sales.git"));
            try {
                git.get("", "_repo", "sales.git");
            } catch (io.sluice.api.ApiException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(CANARY);
            }
        }
    }

    @Test
    void aHostThatSaysNothingIsGivenUp() throws Exception {
        NetLimits short1 =
                new NetLimits(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(400), 1 << 20, 1 << 20);
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Calls git = open("http://127.0.0.1:" + silent.getLocalPort(), short1, Map.of())) {
            git.unreachable("did not answer in time", "sales.git", "", "orders.js");
        }
    }

    @Test
    void aPageInsteadOfARepositoryIsUnreachable() throws IOException {
        try (io.sluice.testing.GithubHost web = io.sluice.testing.GithubHost.start();
                Calls git = open(web.uri().toString(), NetLimits.DEFAULT, Map.of("token", CANARY))) {
            web.mood(io.sluice.testing.GithubHost.Mood.HTML);
            assertThat(git.read("sales.git", "", "orders.js")).isInstanceOf(Reading.Unreachable.class);
            web.mood(io.sluice.testing.GithubHost.Mood.BROKEN);
            git.unreachable("status 502", "sales.git", "", "orders.js");
            web.redirectTo("http://localhost:" + server.uri().getPort() + "/git");
            int before = server.requests();
            git.unreachable("redirects to another", "sales.git", "", "orders.js");
            assertThat(server.requests()).as("credentials stay with their host").isEqualTo(before);
        }
    }
}
