package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ways out of a folder that the other tests of its bounds do not take: through what is written, copied and packed. */
class F18_LocalPathsTest extends FreshFolder {
    @Test
    void aCopyDoesNotFollowALinkThatLeadsOut() throws IOException {
        post("docs/", "");
        Files.createSymbolicLink(stored("docs/out.txt"), machine.resolve("secret.txt"));
        for (boolean moving : new boolean[] {false, true}) {
            assertThat(resource(call(
                                    Verb.POST,
                                    "docs/",
                                    "",
                                    Map.of(),
                                    Body.of(Map.of(
                                            "resource",
                                            List.of(Map.of(
                                                    "type", "file",
                                                    "name", "copy.txt",
                                                    "source_path", "docs/out.txt",
                                                    "delete_source", moving)))),
                                    Rights.ALL))
                            .toString())
                    .contains("leads out");
        }
        assertThat(stored("docs/copy.txt")).doesNotExist();
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
    }

    @Test
    void anArchiveOfAFolderHoldsNothingFromOutside() throws IOException {
        post("docs/", "");
        post("docs/a.txt", "inside");
        Files.createSymbolicLink(stored("docs/out.txt"), machine.resolve("secret.txt"));
        Files.createSymbolicLink(stored("docs/folder"), machine);
        assertThat(Zips.read(FileCalls.bytes(get("docs/", "zip=true")))).containsOnly(Map.entry("a.txt", "inside"));
    }

    @Test
    void anUploadReplacesALinkAndNotWhatItLeadsTo() throws IOException {
        Files.createDirectories(stored(""));
        Path link = Files.createSymbolicLink(stored("a.txt"), machine.resolve("nowhere.txt"));
        post("a.txt", "new");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(stored("a.txt")).hasContent("new");
        assertThat(machine.resolve("nowhere.txt")).doesNotExist();
    }
}
