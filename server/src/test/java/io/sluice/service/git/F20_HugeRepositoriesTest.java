package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;

/** Repositories and histories that are too large, and servers that never come to an end. */
class F20_HugeRepositoriesTest extends FreshRepository {
    @Test
    void largeFilesAreLeftOutWhereTheServerCan() throws IOException {
        byte[] noise = new byte[6 << 20];
        new Random(1).nextBytes(noise);
        server.commitEntry("sales.git", "main", "video.bin", FileMode.REGULAR_FILE, noise);
        NetLimits small =
                new NetLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20, 1 << 20);
        try (Calls git = open(server.uri().toString(), small, Map.of())) {
            git.unreachable("larger than the 1 MB", "sales.git", "", "orders.js");
        }
        server.configure("sales.git", "uploadpack", "allowFilter", "true");
        try (Calls git = open(server.uri().toString(), small, Map.of())) {
            assertThat(git.found("sales.git", "", "orders.js").text()).isEqualTo("return 1");
            git.unfit("larger", "sales.git", "", "video.bin");
            assertThat(git.list("fields=name,size", "_repo", "sales.git"))
                    .isEqualTo(List.of(Map.of("name", "orders.js", "size", 8L), Map.of("name", "video.bin")));
        }
    }

    @Test
    void aHistoryThatIsTooLargeIsUnknown() throws IOException {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        server.commitEntry("sales.git", "main", "video.bin", FileMode.REGULAR_FILE, noise);
        String third = server.commit("sales.git", "main", "orders.js", "3", "Three");
        NetLimits small =
                new NetLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20, 1 << 20);
        try (Calls git = open(server.uri().toString(), small, Map.of())) {
            assertThat(((GitHost) git.service()).ancestry("sales.git", first, third))
                    .isEqualTo(Ancestry.UNKNOWN);
            assertThat(((GitHost) git.service()).blobs("sales.git", third)).isEmpty();
        }
        server.configure("sales.git", "uploadpack", "allowFilter", "true");
        try (Calls git = open(server.uri().toString(), small, Map.of())) {
            assertThat(((GitHost) git.service()).ancestry("sales.git", first, third))
                    .isEqualTo(Ancestry.AFTER);
        }
    }

    @Test
    void aServerThatNeverEndsIsGivenUpInTime() throws IOException {
        NetLimits hasty = new NetLimits(
                Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(400), 1L << 40, 1 << 20);
        try (FarHost endless = FarHost.start(F20_HugeRepositoriesTest::branchesWithoutEnd);
                Calls git = open(endless.address(), hasty, Map.of())) {
            git.unreachable("did not answer in time", "sales.git", "", "orders.js");
        }
    }

    @Test
    void aServerThatNeverEndsIsCutOff() throws IOException {
        NetLimits small =
                new NetLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 16, 1 << 16);
        try (FarHost endless = FarHost.start(F20_HugeRepositoriesTest::branchesWithoutEnd);
                Calls git = open(endless.address(), small, Map.of())) {
            git.unreachable("larger than", "sales.git", "", "orders.js");
        }
    }

    /** Until the caller hangs up. */
    private static boolean branchesWithoutEnd(FarHost.Got request, OutputStream out) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n"
                        + "001e# service=git-upload-pack\n0000")
                .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; ; i++) {
            String line = "1a0b36b3cdad1d2ee32457c102a8c0b7056fa863 refs/heads/b%010d\n".formatted(i);
            out.write("%04x%s".formatted(line.length() + 4, line).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
