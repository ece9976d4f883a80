package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static io.sluice.service.file.FileCalls.items;
import static io.sluice.service.file.FileCalls.map;
import static io.sluice.service.file.FileCalls.raw;
import static io.sluice.service.file.FileCalls.resource;
import static io.sluice.service.file.FileCalls.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every kind of storage does with folders. */
public abstract class FolderContract extends StoreUnderTest {
    private static final int MANY = 10_000;

    @Test
    void theRootOfANewStorageIsEmptyAndThere() {
        assertThat(resource(files.get("", ""))).isEmpty();
    }

    @Test
    void aFolderIsMade() {
        assertThat(tree(files.post("docs/", ""))).isEqualTo(Map.of("name", "docs", "path", "docs/"));
        assertThat(resource(files.get("docs/", ""))).isEmpty();
        assertThat(files.paths("", "")).containsExactly("docs/");
    }

    @Test
    void aFolderIsMadeByHeader() {
        files.folders("docs/");
        assertThat(tree(files.call(Verb.POST, "docs/", "", Map.of("X-Folder-Name", "sub"), Body.NONE, Rights.ALL)))
                .isEqualTo(Map.of("name", "sub", "path", "docs/sub"));
        assertThat(files.paths("docs/", "")).containsExactly("docs/sub/");
    }

    @Test
    void aFolderThatIsThereIsNotMadeAgain() {
        files.folders("docs/");
        fails(400, "Folder 'docs/' already exists.", () -> files.post("docs/", ""));
    }

    @Test
    void aFolderInNoFolderIsNotMade() {
        fails(404, "Folder 'no' does not exist.", () -> files.post("no/sub/", ""));
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void aFolderTakesNoFilesName() throws IOException {
        files.post("thing", "a file");
        fails(400, "already exists", () -> files.post("thing/", ""));
        assertThat(files.text("thing")).isEqualTo("a file");
    }

    @Test
    void aFileTakesNoFoldersName() {
        files.folders("thing/");
        fails(400, "'thing' is a folder already.", () -> files.post("thing", "a file"));
        assertThat(files.paths("", "")).containsExactly("thing/");
    }

    @Test
    void aFolderIsListedByNameWithWhatIsKnownOfEachEntry() {
        files.folders("docs/", "docs/m/");
        files.post("docs/b.txt", "12345");
        files.post("docs/a.json", "{}");
        assertThat(files.paths("docs/", "")).containsExactly("docs/a.json", "docs/b.txt", "docs/m/");
        List<Object> entries = resource(files.get("docs/", ""));
        assertThat(entries.get(1))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("path", "docs/b.txt")
                .containsEntry("name", "b.txt")
                .containsEntry("type", "file")
                .containsEntry("content_type", "text/plain")
                .containsEntry("content_length", 5L)
                .containsKey("last_modified");
        assertThat(entries.get(2))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("path", "docs/m/")
                .containsEntry("name", "m")
                .containsEntry("type", "folder");
    }

    @Test
    void kindsOfEntriesCanBeLeftOut() {
        files.folders("docs/", "docs/sub/");
        files.post("docs/a.txt", "x");
        assertThat(files.paths("docs/", "include_files=false")).containsExactly("docs/sub/");
        assertThat(files.paths("docs/", "include_folders=false")).containsExactly("docs/a.txt");
    }

    @Test
    void aListShowsTheFieldsThatAreAskedFor() {
        files.post("a.txt", "x");
        assertThat(resource(files.get("", "fields=path,type")))
                .containsExactly(Map.of("path", "a.txt", "type", "file"));
    }

    @Test
    void aListDoesNotShowWhatLiesDeeper() {
        files.folders("docs/", "docs/sub/");
        files.post("docs/sub/deep.txt", "x");
        assertThat(files.paths("", "")).containsExactly("docs/");
        assertThat(files.paths("docs/", "")).containsExactly("docs/sub/");
    }

    @Test
    void aNameThatBeginsLikeTheFoldersIsNotInIt() {
        files.folders("docs/", "docs-old/");
        files.post("docs/a.txt", "x");
        files.post("docs-old/b.txt", "x");
        files.post("docs.txt", "x");
        assertThat(files.paths("docs/", "full_tree=true")).containsExactly("docs/a.txt");
        files.delete("docs/", "force=true");
        assertThat(files.paths("", "full_tree=true"))
                .containsExactlyInAnyOrder("docs-old/", "docs-old/b.txt", "docs.txt");
    }

    @Test
    void theWholeTreeIsOneListWithRelativeNames() {
        files.folders("docs/", "docs/sub/", "docs/empty/");
        files.post("docs/a.txt", "x");
        files.post("docs/sub/deep.txt", "x");
        assertThat(files.paths("", "full_tree=true"))
                .containsExactlyInAnyOrder("docs/", "docs/a.txt", "docs/empty/", "docs/sub/", "docs/sub/deep.txt");
        assertThat(resource(files.get("docs/", "full_tree=true&fields=name")))
                .containsExactlyInAnyOrder(
                        Map.of("name", "a.txt"),
                        Map.of("name", "empty"),
                        Map.of("name", "sub"),
                        Map.of("name", "sub/deep.txt"));
    }

    @Test
    void aListIsSearchedByNameInAnyCase() {
        files.folders("docs/", "docs/Reports/");
        files.post("docs/REPORT-1.txt", "x");
        files.post("docs/other.txt", "x");
        files.post("docs/Reports/sum.txt", "x");
        assertThat(files.paths("docs/", "search=report")).containsExactly("docs/REPORT-1.txt", "docs/Reports/");
        assertThat(files.paths("", "full_tree=true&search=SUM")).containsExactly("docs/Reports/sum.txt");
    }

    @Test
    void aFolderTellsOfItself() {
        files.folders("docs/");
        assertThat(files.properties("docs/")).containsEntry("path", "docs/").containsEntry("name", "docs");
    }

    @Test
    void aFolderThatIsMissingIsSaid() {
        fails(404, "Folder 'none/' does not exist in storage.", () -> files.get("none/", ""));
        fails(404, "Folder 'none/' does not exist in storage.", () -> files.get("none/", "include_properties=true"));
        fails(404, "Folder 'none/' does not exist in storage.", () -> files.delete("none/", "force=true"));
    }

    @Test
    void aFileIsNoFolderAndAFolderIsNoFile() {
        files.folders("docs/");
        files.post("a.txt", "x");
        fails(404, "'a.txt/' does not exist", () -> files.get("a.txt/", ""));
        fails(404, "'docs' was not found", () -> files.get("docs", ""));
        fails(404, "'docs' was not found", () -> files.delete("docs", ""));
        fails(404, "does not exist", () -> files.delete("a.txt/", "force=true"));
        fails(404, "does not exist", () -> files.post("a.txt/below.txt", "x"));
        assertThat(files.paths("", "")).containsExactly("a.txt", "docs/");
    }

    @Test
    void anEmptyFolderIsDeleted() {
        files.folders("docs/", "docs/sub/");
        assertThat(tree(files.delete("docs/sub/", ""))).isEqualTo(Map.of("name", "sub", "path", "docs/sub/"));
        assertThat(files.paths("docs/", "")).isEmpty();
        assertThat(files.paths("", "")).containsExactly("docs/");
    }

    @Test
    void aFullFolderGoesOnlyWithForce() {
        files.folders("docs/", "docs/sub/");
        files.post("docs/sub/a.txt", "x");
        fails(400, "not empty", () -> files.delete("docs/", ""));
        assertThat(files.paths("", "full_tree=true")).hasSize(3);
        files.delete("docs/", "force=true");
        assertThat(files.paths("", "full_tree=true")).isEmpty();
        fails(404, "'docs/sub/a.txt' was not found", () -> files.get("docs/sub/a.txt", ""));
    }

    @Test
    void aFolderIsEmptiedAndStays() {
        files.folders("docs/", "docs/sub/");
        files.post("docs/a.txt", "x");
        files.post("docs/sub/b.txt", "x");
        files.delete("docs/", "content_only=true&force=true");
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/");
    }

    @Test
    void theRootIsNeverDeletedAndEmptiedOnlyWhenBothAreSaid() {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        fails(400, "No resources given for delete.", () -> files.delete("", "force=true"));
        assertThat(files.paths("", "full_tree=true")).hasSize(2);
        files.delete("", "force=true&content_only=true");
        assertThat(resource(files.get("", ""))).isEmpty();
        files.post("again.txt", "x");
        assertThat(files.paths("", "")).containsExactly("again.txt");
    }

    @Test
    void deletingTheLastFileLeavesTheFolder() {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        files.delete("docs/a.txt", "");
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/");
    }

    @Test
    void aListOfItemsIsDeletedAndEachFailureStandsWithItsItem() {
        files.folders("docs/");
        files.post("a.txt", "x");
        List<Object> gone = resource(files.delete(
                "",
                items(List.of(
                        Map.of("type", "file", "path", "a.txt"),
                        Map.of("type", "file", "path", "none.txt"),
                        Map.of("type", "folder", "path", "docs/")))));
        assertThat(gone.get(0)).isEqualTo(Map.of("name", "a.txt", "path", "a.txt"));
        assertThat(gone.get(1).toString()).contains("error").contains("was not found");
        assertThat(gone.get(2)).isEqualTo(Map.of("name", "docs", "path", "docs/"));
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void aListOfItemsIsMadeAndEachFailureStandsWithItsItem() throws IOException {
        files.folders("docs/");
        List<Object> made = resource(files.post(
                "docs/",
                "",
                items(List.of(
                        Map.of("name", "sub", "type", "folder"),
                        Map.of("name", "hello.txt", "type", "file", "content", "SGVsbG8=", "is_base64", true),
                        Map.of("name", "../up.txt", "type", "file", "content", "x"),
                        Map.of("name", "plain.txt", "type", "file", "content", "grüße")))));
        assertThat(made.get(0)).isEqualTo(Map.of("name", "sub", "path", "docs/sub/", "type", "folder"));
        assertThat(made.get(2).toString()).contains("error").contains("'..'");
        assertThat(files.text("docs/hello.txt")).isEqualTo("Hello");
        assertThat(files.text("docs/plain.txt")).isEqualTo("grüße");
        assertThat(files.paths("", "")).containsExactly("docs/");
    }

    @Test
    void aListOfItemsMakesItsFolderWhenThatIsMissing() {
        files.post("docs/", "", items(List.of(Map.of("name", "a.txt", "type", "file", "content", "x"))));
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/a.txt");
        fails(
                404,
                "Folder 'no' does not exist.",
                () -> files.post("no/sub/", "", items(List.of(Map.of("name", "b", "type", "folder")))));
        assertThat(files.paths("", "full_tree=true")).hasSize(2);
    }

    @Test
    void foldersMayLieDeep() throws IOException {
        StringBuilder path = new StringBuilder();
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            levels.add(path.append("level ").append(i).append('/').toString());
        }
        files.folders(levels.toArray(String[]::new));
        files.call(Verb.POST, path + "leaf.txt", "", Map.of(), raw("deep"), Rights.ALL);
        assertThat(files.text(path + "leaf.txt")).isEqualTo("deep");
        assertThat(files.paths("", "full_tree=true")).hasSize(13);
        files.delete("level 0/", "force=true");
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void aRoleSeesAndDeletesOnlyWhatItMay() {
        files.folders("docs/", "private/");
        files.post("private/a.txt", "x");
        Rights onlyDocs = new RightsBelow("docs/");
        assertThat(resource(files.call(Verb.GET, "", "as_list=1", Map.of(), Body.NONE, onlyDocs)))
                .containsExactly("docs/");
        Map<String, Object> tried = map(files.call(
                Verb.DELETE,
                "",
                "",
                Map.of(),
                Body.of(items(List.of(Map.of("type", "file", "path", "private/a.txt")))),
                onlyDocs));
        assertThat(tried.toString()).contains("not allowed");
        assertThat(files.paths("private/", "")).containsExactly("private/a.txt");
    }

    @Test
    @Tag("big")
    void tenThousandFilesAreListed() throws Exception {
        files.folders("many/");
        fill("many/", MANY);
        List<Object> paths = files.paths("many/", "");
        assertThat(paths).hasSize(MANY).startsWith("many/00000.txt").endsWith("many/09999.txt");
        assertThat(paths).doesNotHaveDuplicates();
        assertThat(files.paths("", "full_tree=true")).hasSize(MANY + 1);
    }
}
