package io.sluice.service.file.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files and folders out of keys. */
class GatheredTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static List<FileEntry> gathered(String folder, String... keys) {
        Gathered gathered = new Gathered(new Keys("all/"), FilePath.of(folder));
        for (String key : keys) {
            gathered.add(new Container.Listed("all/" + key, NOON, 3));
        }
        return gathered.all();
    }

    private static List<String> paths(String folder, String... keys) {
        return gathered(folder, keys).stream()
                .map(entry -> entry.path().toString())
                .toList();
    }

    @Test
    void eachFolderStandsBeforeWhatItHoldsWhateverItsNeighboursAreCalled() {
        assertThat(paths("", "a-b.txt", "a/b.txt", "a/c/", "a.txt"))
                .containsExactly("a/", "a/b.txt", "a/c/", "a-b.txt", "a.txt");
    }

    @Test
    void keysThatNoPathHasAreLeftOut() {
        assertThat(paths("", "a//b", "//", "/a", "../a", "b/./c", "b/../c", "c\\d", "e\nf", "x".repeat(256), "ok"))
                .containsExactly("ok");
    }

    @Test
    void theListedFolderIsNotInItself() {
        assertThat(paths("docs/", "docs/", "docs/a.txt", "docs/b/c/d"))
                .containsExactly("docs/a.txt", "docs/b/", "docs/b/c/", "docs/b/c/d");
    }

    @Test
    void aFolderHasTheTimeOfItsOwnKeyAndNoSize() {
        assertThat(gathered("", "a/", "b/c"))
                .startsWith(
                        new FileEntry(FilePath.of("a/"), NOON, 0),
                        new FileEntry(FilePath.of("b/"), FileEntry.NO_TIME, 0),
                        new FileEntry(FilePath.of("b/c"), NOON, 3));
    }

    @Test
    void aFileAndAFolderMayHaveOneName() {
        assertThat(paths("", "a", "a/b")).containsExactlyInAnyOrder("a", "a/", "a/b");
    }
}
