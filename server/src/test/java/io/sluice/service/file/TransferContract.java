package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.bytes;
import static io.sluice.service.file.FileCalls.fails;
import static io.sluice.service.file.FileCalls.items;
import static io.sluice.service.file.FileCalls.resource;
import static io.sluice.service.file.FileCalls.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Arriving;
import io.sluice.api.Body;
import io.sluice.api.BrokenBody;
import io.sluice.api.Content;
import io.sluice.api.Rights;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every kind of storage does with copies, moves, archives, forms and bodies that are still on their way. */
public abstract class TransferContract extends NameContract {
    private static final String FORM = "multipart/form-data; boundary=XBOUND";

    @Test
    void aFileIsCopied() throws IOException {
        files.folders("docs/", "other/");
        files.post("docs/a.txt", "the text");
        assertThat(put("other/", Map.of("type", "file", "name", "b.txt", "source_path", "docs/a.txt")))
                .isEqualTo(Map.of("name", "b.txt", "path", "other/b.txt", "type", "file"));
        assertThat(files.text("other/b.txt")).isEqualTo("the text");
        assertThat(files.text("docs/a.txt")).isEqualTo("the text");
    }

    @Test
    void aFileIsMoved() throws IOException {
        files.folders("docs/", "other/");
        files.post("docs/größe.txt", "the text");
        put(
                "other/",
                Map.of(
                        "type",
                        "file",
                        "name",
                        "new name.txt",
                        "source_path",
                        "/docs/größe.txt",
                        "delete_source",
                        true));
        assertThat(files.text("other/new name.txt")).isEqualTo("the text");
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void aCopyNeverTakesTheNameOfWhatIsThere() throws IOException {
        files.folders("docs/");
        files.post("a.txt", "one");
        files.post("b.txt", "two");
        for (boolean moving : new boolean[] {false, true}) {
            for (String name : List.of("b.txt", "docs", "a.txt")) {
                assertThat(put(
                                        "",
                                        Map.of(
                                                "type",
                                                "file",
                                                "name",
                                                name,
                                                "source_path",
                                                "a.txt",
                                                "delete_source",
                                                moving))
                                .toString())
                        .contains("already");
            }
        }
        assertThat(files.text("a.txt")).isEqualTo("one");
        assertThat(files.text("b.txt")).isEqualTo("two");
    }

    @Test
    void whatIsMissingIsNotCopied() {
        files.folders("docs/");
        assertThat(put("docs/", Map.of("type", "file", "name", "b.txt", "source_path", "none.txt"))
                        .toString())
                .contains("was not found");
        assertThat(put("docs/", Map.of("type", "file", "name", "b.txt", "source_path", "../up.txt"))
                        .toString())
                .contains("refused");
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void aFolderIsCopiedAndMovedWithAllThatIsInIt() throws IOException {
        files.folders("docs/", "docs/sub/", "docs/empty/");
        files.post("docs/a.txt", "a");
        files.post("docs/sub/b.txt", "b");
        put("", Map.of("type", "folder", "name", "copy", "source_path", "docs/"));
        assertThat(files.paths("copy/", "full_tree=true"))
                .containsExactlyInAnyOrder("copy/a.txt", "copy/empty/", "copy/sub/", "copy/sub/b.txt");
        put("", Map.of("type", "folder", "name", "moved", "source_path", "docs/", "delete_source", true));
        assertThat(files.text("moved/sub/b.txt")).isEqualTo("b");
        assertThat(files.paths("", "")).containsExactly("copy/", "moved/");
        assertThat(put("moved/", Map.of("type", "folder", "name", "in", "source_path", "moved/"))
                        .toString())
                .contains("into itself");
    }

    private Object put(String folder, Map<String, Object> item) {
        return resource(files.post(folder, "", items(List.of(item)))).getFirst();
    }

    @Test
    void aFolderIsDownloadedAsAnArchive() throws IOException {
        files.folders("docs/", "docs/sub/", "docs/empty/");
        files.post("docs/a größe.txt", "a");
        files.post("docs/sub/b.txt", "b".repeat(100_000));
        ServiceResult got = files.get("docs/", "zip=true");
        assertThat(((Content.Bytes) got.content()).contentType()).isEqualTo("application/zip");
        assertThat(got.headers()).containsEntry("Content-Disposition", "attachment; filename=\"docs.zip\"");
        assertThat(Zips.read(bytes(got)))
                .containsOnly(
                        Map.entry("a größe.txt", "a"),
                        Map.entry("empty/", ""),
                        Map.entry("sub/", ""),
                        Map.entry("sub/b.txt", "b".repeat(100_000)));
    }

    @Test
    void anEmptyFolderIsAnArchiveToo() throws IOException {
        files.folders("docs/");
        assertThat(Zips.read(bytes(files.get("docs/", "zip=true")))).isEmpty();
        fails(404, "does not exist", () -> files.get("none/", "zip=true"));
    }

    @Test
    void anArchiveIsUnpackedIntoItsFolder() throws IOException {
        files.folders("docs/");
        files.post("docs/a.txt", "old");
        byte[] archive = new Zips()
                .with("a.txt", "new")
                .with("sub/", "")
                .with("sub/ü.txt", "u")
                .with("un/named/b.bin", FileStoreContract.random(70_000))
                .bytes();
        ServiceResult made = files.call(Verb.POST, "docs/x.zip", "extract=true", Map.of(), zip(archive), Rights.ALL);
        assertThat(tree(made)).isEqualTo(Map.of("name", "docs", "path", "docs/", "type", "folder"));
        assertThat(files.paths("docs/", "full_tree=true"))
                .containsExactlyInAnyOrder(
                        "docs/a.txt",
                        "docs/sub/",
                        "docs/sub/ü.txt",
                        "docs/un/",
                        "docs/un/named/",
                        "docs/un/named/b.bin");
        assertThat(files.text("docs/a.txt")).isEqualTo("new");
        assertThat(bytes(files.get("docs/un/named/b.bin", ""))).isEqualTo(FileStoreContract.random(70_000));
    }

    @Test
    void aFolderIsEmptiedBeforeAnArchiveIsUnpacked() throws IOException {
        files.folders("docs/");
        files.post("docs/old.txt", "old");
        byte[] archive = new Zips().with("new.txt", "new").bytes();
        files.call(
                Verb.POST,
                "docs/",
                "extract=true&clean=true",
                Map.of("X-File-Name", "x.zip"),
                zip(archive),
                Rights.ALL);
        assertThat(files.paths("docs/", "")).containsExactly("docs/new.txt");
        assertThat(files.text("docs/new.txt")).isEqualTo("new");
    }

    @Test
    void aFormBringsFiles() throws IOException {
        files.folders("docs/");
        String form = part("files", "größe 1.txt", "one") + part("files[]", "two.txt", "line\r\n--XBOUN\r\n")
                + "--XBOUND--\r\n";
        ServiceResult made = files.call(Verb.POST, "docs/", "", Map.of(), form(form), Rights.ALL);
        assertThat(resource(made))
                .containsExactly(
                        Map.of("name", "größe 1.txt", "path", "docs/größe 1.txt", "type", "file"),
                        Map.of("name", "two.txt", "path", "docs/two.txt", "type", "file"));
        assertThat(files.text("docs/größe 1.txt")).isEqualTo("one");
        assertThat(files.text("docs/two.txt")).isEqualTo("line\r\n--XBOUN\r\n");
    }

    @Test
    void aFormThatIsCutOffLeavesNoHalfFile() {
        files.folders("docs/");
        String form = part("files", "one.txt", "one") + part("files", "two.txt", "x".repeat(100_000));
        fails(
                400,
                "multipart/form-data",
                () -> files.call(
                        Verb.POST, "docs/", "", Map.of(), form(form.substring(0, form.length() - 3_000)), Rights.ALL));
        assertThat(files.paths("docs/", "")).containsExactly("docs/one.txt");
    }

    @Test
    void aFormBringsOneFileToTheAddressOfAFile() throws IOException {
        String one = part("files", "ignored.txt", "one");
        files.call(Verb.POST, "a.txt", "", Map.of(), form(one + "--XBOUND--\r\n"), Rights.ALL);
        assertThat(files.text("a.txt")).isEqualTo("one");
        fails(
                400,
                "more than one",
                () -> files.call(
                        Verb.POST,
                        "b.txt",
                        "",
                        Map.of(),
                        form(one + part("files", "b.txt", "two") + "--XBOUND--\r\n"),
                        Rights.ALL));
        assertThat(files.paths("", "")).containsExactly("a.txt");
    }

    @Test
    void aBodyOnItsWayIsStreamedIntoTheFile() throws IOException {
        byte[] all = FileStoreContract.random(600_000);
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(all.length), OptionalLong.empty()}) {
            Body body = Body.arriving(new Arriving(new ByteArrayInputStream(all), length, 1000), "");
            files.call(Verb.POST, "a.bin", "", Map.of(), body, Rights.ALL);
            assertThat(bytes(files.get("a.bin", ""))).isEqualTo(all);
            files.delete("a.bin", "");
        }
    }

    @Test
    void aBodyThatBreaksOffOnItsWayIsNoFileAndIsSaid() {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(FileStoreContract.random(300_000)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new BrokenBody(new ApiException(ApiError.of(408, "It did not arrive in time.")));
                    }
                });
        Body body = Body.arriving(new Arriving(broken, OptionalLong.of(600_000), 1000), "");
        fails(408, "in time", () -> files.call(Verb.POST, "a.bin", "", Map.of(), body, Rights.ALL));
        assertThat(files.paths("", "")).isEmpty();
    }

    static Body zip(byte[] archive) {
        return Body.raw(archive, "application/zip");
    }

    private static Body form(String text) {
        return Body.raw(text.getBytes(StandardCharsets.UTF_8), FORM);
    }

    private static String part(String field, String name, String content) {
        return "--XBOUND\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n";
    }
}
