package io.sluice.service.file.connected;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lists leave out and sweep. */
class TreeTest {
    private final MemoryServer server = new MemoryServer();

    private List<String> list() throws IOException {
        List<FileEntry> found = new ArrayList<>();
        Connection connection = server.connect(InetAddress.getLoopbackAddress());
        new Tree(connection).gather(FilePath.ROOT, "/", true, found);
        return found.stream().map(entry -> entry.path().toString()).toList();
    }

    @Test
    void aCircleOfLinksThatAreShownAsFoldersEnds() throws IOException {
        server.circle = true;
        server.modified = Instant.ofEpochSecond(1);
        server.files.put("/a.txt", "x");
        assertThat(list()).contains("a.txt", "again/a.txt").hasSizeLessThan(10);
    }

    @Test
    void aCircleEndsAtAServerThatTellsNoTimesToo() throws IOException {
        server.circle = true;
        server.files.put("/a.txt", "x");
        assertThat(list()).contains("a.txt", "again/a.txt").hasSizeLessThan(5000);
    }

    @Test
    void partsThatWereLeftBehindGoWithTheNextListAndYoungOnesStay() throws IOException {
        String part = Part.beside("/a.txt");
        String aside = Part.asideOf("/a.txt");
        server.files.put(part, "half");
        server.files.put(aside, "the only content of a.txt");
        server.modified = Instant.now().minus(Duration.ofDays(1));
        assertThat(list()).isEmpty();
        assertThat(server.files).containsOnlyKeys(part, aside);
        server.modified = Instant.now().minus(Duration.ofDays(3));
        assertThat(list()).isEmpty();
        assertThat(server.files).containsOnlyKeys(aside);
    }
}
