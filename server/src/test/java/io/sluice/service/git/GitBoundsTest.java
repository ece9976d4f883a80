package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    void aTextHasALimit(Way way) throws IOException {
        byte[] big = new byte[RepoHost.MAX_FILE_BYTES + 1];
        server.commitEntry("sales.git", "main", "big.js", FileMode.REGULAR_FILE, big);
        try (Calls git = open(way)) {
            git.unfit("larger than the 4 MB", "sales.git", "", "big.js");
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
        Path guest = Files.createDirectory(root.resolve("guest.git"));
        Files.writeString(guest.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(guest.resolve("commondir"), elsewhere.resolve("private.git") + "\n");
        try (Calls git = open(Way.FOLDER)) {
            git.missing("leads out", "door.git", "", "secret.js");
            git.missing("borrows from another one", "borrower.git", "", "secret.js");
            git.missing("borrows from another one", "guest.git", "", "secret.js");
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

    @Test
    void aHostThatSaysNothingIsGivenUp() throws Exception {
        NetLimits short1 =
                new NetLimits(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(400), 1 << 20, 1 << 20);
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Calls git = open("http://127.0.0.1:" + silent.getLocalPort(), short1, Map.of())) {
            git.unreachable("did not answer in time", "sales.git", "", "orders.js");
        }
    }
}
