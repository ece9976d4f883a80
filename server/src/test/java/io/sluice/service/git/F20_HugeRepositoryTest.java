package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repository that is larger than what a fetch may bring: given up in plain words, or read past what is large. Scaled down. */
class F20_HugeRepositoryTest extends FreshRepository {
    private static final int MEGABYTE = 1 << 20;
    private static final NetLimits SMALL = new NetLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30), MEGABYTE, MEGABYTE);

    private final Random random = new Random(20);

    private void large(String path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        server.commitEntry("sales.git", "main", path, FileMode.REGULAR_FILE, content);
    }

    @BeforeEach
    void aLongHistoryOfLargeFiles() throws IOException {
        for (int i = 0; i < 5; i++) {
            large("old.bin", MEGABYTE);
        }
        server.commit("sales.git", "main", "old.bin", "gone", "Throw it away");
    }

    @Test
    void theHistoryIsNotFetched() throws IOException {
        try (Calls git = open(server.uri().toString(), SMALL, Map.of())) {
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 1");
        }
    }

    @Test
    void aTreeThatIsTooLargeIsGivenUpInPlainWords() throws IOException {
        large("now.bin", 2 * MEGABYTE);
        try (Calls git = open(server.uri().toString(), SMALL, Map.of())) {
            git.unreachable("larger than the 1 MB that a fetch may bring", "sales.git", "main", "orders.js");
        }
    }

    @Test
    void filesThatNoScriptCanBeAreLeftOutWhereTheServerCan() throws IOException {
        server.configure("sales.git", "uploadpack", "allowFilter", "true");
        large("now.bin", 2 * RepoHost.MAX_FILE_BYTES);
        try (Calls git = open(server.uri().toString(), SMALL, Map.of())) {
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 1");
        }
    }

    @Test
    void aFolderOfThisMachineIsReadObjectByObject() throws IOException {
        large("now.bin", 2 * MEGABYTE);
        try (Calls git = open("file://" + root, SMALL, Map.of())) {
            assertThat(git.found("sales.git", "main", "orders.js").text()).isEqualTo("return 1");
        }
    }
}
