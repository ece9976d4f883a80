package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of storage does with names that are not plain. */
public abstract class NameContract extends FolderContract {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "with two spaces.txt",
                "Grüße aus Köln.txt",
                "日本語のファイル.txt",
                "smile-😀-👩‍👩‍👧.txt",
                "50%.txt",
                "a%2Fb%20c.txt",
                "one+two.txt",
                "#first.txt",
                "what?.txt",
                "it's \"quoted\".txt",
                "a;b=c&d,e.txt",
                "[x]{y}(z)!@$^~`|<>*:.txt",
                ".hidden",
                "no-dot",
                "dots...txt"
            })
    void aFileMayHaveThatName(String name) throws IOException {
        files.folders("docs/");
        assertThat(FileCalls.map(files.post("docs/" + name, "content of it")))
                .containsEntry("name", name)
                .containsEntry("path", "docs/" + name);
        assertThat(files.text("docs/" + name)).isEqualTo("content of it");
        assertThat(files.paths("docs/", "")).containsExactly("docs/" + name);
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/" + name);
        assertThat(files.properties("docs/" + name)).containsEntry("name", name).containsEntry("content_length", 13L);
        files.post("docs/" + name, "new");
        assertThat(files.text("docs/" + name)).isEqualTo("new");
        files.delete("docs/" + name, "");
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "Ünïcode ☃", "100%25", "a+b#c?d", "it's \"q\""})
    void aFolderMayHaveThatName(String name) throws IOException {
        files.folders(name + "/", name + "/" + name + "/");
        files.post(name + "/" + name + "/a.txt", "below");
        assertThat(files.paths("", "")).containsExactly(name + "/");
        assertThat(files.paths(name + "/", "full_tree=true"))
                .containsExactlyInAnyOrder(name + "/" + name + "/", name + "/" + name + "/a.txt");
        assertThat(files.text(name + "/" + name + "/a.txt")).isEqualTo("below");
        files.delete(name + "/", "force=true");
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void namesThatDifferInCaseAreTwoFiles() throws IOException {
        files.post("Read.me", "one");
        files.post("read.me", "two");
        assertThat(files.text("Read.me")).isEqualTo("one");
        assertThat(files.text("read.me")).isEqualTo("two");
        assertThat(files.paths("", "")).containsExactly("Read.me", "read.me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.txt",
                "docs/../../out.txt",
                "..",
                "./a.txt",
                "docs/./a.txt",
                "a\\b.txt",
                "a\0.txt",
                "a\nb.txt"
            })
    void aPathThatLeadsElsewhereIsRefusedForEveryVerb(String path) {
        files.folders("docs/");
        for (Verb verb : Verb.values()) {
            fails(400, "refused", () -> files.call(verb, path, "force=true", Map.of(), FileCalls.raw("x"), Rights.ALL));
        }
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/");
    }

    @Test
    void aNameInAHeaderOrAnItemIsJudgedLikeOneInTheAddress() {
        for (String header : List.of("X-File-Name", "X-Folder-Name")) {
            for (String name : List.of("../up", "/etc/up", "a\\b")) {
                fails(400, "refused", () -> files.call(Verb.POST, "", "", Map.of(header, name), Body.NONE, Rights.ALL));
            }
        }
        assertThat(FileCalls.resource(
                                files.post("", "", FileCalls.items(List.of(Map.of("type", "folder", "name", "../up")))))
                        .toString())
                .contains("refused");
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void aSlashTooMuchChangesNothing() throws IOException {
        files.folders("docs/");
        files.post("/docs//a.txt", "x");
        assertThat(files.text("docs/a.txt")).isEqualTo("x");
        assertThat(files.text("/docs/a.txt")).isEqualTo("x");
        assertThat(files.paths("//docs//", "")).containsExactly("docs/a.txt");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        fails(400, "longer than", () -> files.post("x".repeat(256), "x"));
        assertThat(files.paths("", "")).isEmpty();
    }
}
