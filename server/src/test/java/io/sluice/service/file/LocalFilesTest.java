package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The file API over a folder of this machine. */
class LocalFilesTest extends FreshFolder {
    @Test
    void anUploadIsDownloadedAgain() throws IOException {
        post("docs/", "");
        ServiceResult made = post("docs/raw.txt", "third body");
        assertThat(made.status()).isEqualTo(201);
        assertThat(tree(made)).isEqualTo(Map.of("name", "raw.txt", "path", "docs/raw.txt", "type", "file"));

        ServiceResult got = get("docs/raw.txt", "");
        assertThat(bytes(got)).isEqualTo("third body");
        assertThat(((Content.Bytes) got.content()).length()).isEqualTo(10);
        assertThat(((Content.Bytes) got.content()).contentType()).isEqualTo("text/plain");
        assertThat(got.headers()).containsEntry("Content-Disposition", "inline").containsKeys("ETag", "Last-Modified");
        assertThat(get("docs/raw.txt", "download=1").headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"raw.txt\"");
    }

    @Test
    void aNameThatIsNotPlainIsToldToBrowsersInTwoForms() {
        post("grüße \"1\".txt", "x");
        assertThat(get("grüße \"1\".txt", "download=1").headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"gr__e _1_.txt\"; filename*=UTF-8''gr%C3%BC%C3%9Fe%20%221%22.txt");
        assertThat(get("grüße \"1\".txt", "").headers().get("Content-Disposition"))
                .isEqualTo("inline");
    }

    @Test
    void anUploadReplacesAndCheckExistDoesNot() throws IOException {
        post("a.txt", "first");
        post("a.txt", "second");
        assertThat(bytes(get("a.txt", ""))).isEqualTo("second");
        fails(
                400,
                "File 'a.txt' already exists.",
                () -> call(Verb.PUT, "a.txt", "check_exist=true", Map.of(), raw("third"), Rights.ALL));
        fails(404, "Folder 'no' does not exist.", () -> post("no/a.txt", "x"));
    }

    @Test
    void partsThatAStoppedServerLeftGoWithAListADayLater() throws IOException {
        post("a.txt", "x");
        Path old = Files.writeString(stored(".sluice-part-old"), "half");
        Path young = Files.writeString(stored(".sluice-part-young"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        get("", "");
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void readersNeverSeeHalfAFile() throws Exception {
        String one = "1".repeat(200_000);
        String two = "2".repeat(200_000);
        post("big.txt", one);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = other.submit(() -> {
                for (int i = 0; i < 40; i++) {
                    post("big.txt", i % 2 == 0 ? two : one);
                }
            });
            while (!writing.isDone()) {
                assertThat(bytes(get("big.txt", "")))
                        .satisfiesAnyOf(
                                text -> assertThat(text).isEqualTo(one),
                                text -> assertThat(text).isEqualTo(two));
            }
            writing.get();
        }
        assertThat(resource(get("", "as_list=true"))).containsExactly("big.txt");
    }

    @Test
    void foldersAreMadeAndListed() {
        assertThat(tree(post("docs/", ""))).isEqualTo(Map.of("name", "docs", "path", "docs/"));
        fails(400, "Folder 'docs/' already exists.", () -> post("docs/", ""));
        assertThat(tree(call(Verb.POST, "docs/", "", Map.of("X-Folder-Name", "sub"), Body.NONE, Rights.ALL)))
                .isEqualTo(Map.of("name", "sub", "path", "docs/sub"));
        assertThat(tree(call(Verb.POST, "docs/", "", Map.of("X-File-Name", "xf.txt"), raw("by header"), Rights.ALL)))
                .isEqualTo(Map.of("name", "xf.txt", "path", "docs/xf.txt", "type", "file"));
        post("docs/sub/deep.json", "{}");

        assertThat(resource(get("", "fields=path,type"))).containsExactly(Map.of("path", "docs/", "type", "folder"));
        assertThat(resource(get("docs/", "as_list=1"))).containsExactly("docs/sub/", "docs/xf.txt");
        assertThat(resource(get("docs/", "as_list=1&include_files=false"))).containsExactly("docs/sub/");
        assertThat(resource(get("docs/", "as_list=1&include_folders=false"))).containsExactly("docs/xf.txt");
        assertThat(resource(get("docs/", "full_tree=true&fields=name")))
                .containsExactly(Map.of("name", "sub"), Map.of("name", "sub/deep.json"), Map.of("name", "xf.txt"));
        assertThat(resource(get("docs/", "full_tree=true&as_list=1&search=DEEP")))
                .containsExactly("docs/sub/deep.json");
        assertThat(resource(get("docs/", "")).getLast())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("content_type", "text/plain")
                .containsEntry("content_length", 9L)
                .containsOnlyKeys("path", "name", "type", "content_type", "last_modified", "content_length");
        assertThat(files.components()).containsExactly("", "*", "docs/", "docs/*", "docs/sub/", "docs/sub/*");
    }

    @Test
    void whatIsMissingIsSaidInTheApisWords() {
        post("docs/", "");
        fails(404, "The specified file 'docs' was not found in storage.", () -> get("docs", ""));
        fails(404, "Folder 'none/' does not exist in storage.", () -> get("none/", ""));
        fails(404, "The specified file 'none.txt' was not found in storage.", () -> delete("none.txt", ""));
        assertThat(delete("none.txt", "no_check=true").status()).isEqualTo(200);
        fails(501, "properties", () -> call(Verb.PATCH, "docs/", "", Map.of(), Body.of(Map.of("a", 1)), Rights.ALL));
    }

    @Test
    @SuppressWarnings("unchecked")
    void propertiesComeWithTheContentOnDemand() {
        post("raw.txt", "third body");
        Map<String, Object> shown = (Map<String, Object>) tree(get("raw.txt", "include_properties=true&content=true"));
        assertThat(shown)
                .containsEntry("content", "dGhpcmQgYm9keQ==")
                .containsEntry("content_length", 10L)
                .containsEntry("content_type", "text/plain");
        assertThat((Map<String, Object>) tree(get("raw.txt", "include_properties=1&content=1&is_base64=false")))
                .containsEntry("content", "third body");
        post("docs/", "");
        assertThat((Map<String, Object>) tree(get("docs/", "include_properties=1")))
                .containsOnlyKeys("path", "name", "last_modified");
    }

    @Test
    void aListOfItemsIsMadeAndEachFailureStandsWithItsItem() throws IOException {
        post("docs/", "");
        ServiceResult made = call(
                Verb.POST,
                "docs/",
                "",
                Map.of(),
                Body.of(Map.of(
                        "resource",
                        List.of(
                                Map.of("name", "sub", "type", "folder"),
                                Map.of("name", "hello.txt", "type", "file", "content", "SGVsbG8=", "is_base64", true),
                                Map.of("name", "../up.txt", "type", "file", "content", "x")))),
                Rights.ALL);
        assertThat(made.status()).isEqualTo(201);
        assertThat(resource(made).subList(0, 2))
                .containsExactly(
                        Map.of("name", "sub", "path", "docs/sub/", "type", "folder"),
                        Map.of("name", "hello.txt", "path", "docs/hello.txt", "type", "file"));
        assertThat(resource(made).get(2).toString()).contains("error").contains("'..'");
        assertThat(bytes(get("docs/hello.txt", ""))).isEqualTo("Hello");
        assertThat(stored("up.txt")).doesNotExist();
    }

    @Test
    void aFolderGoesOnlyWithForceOnceItHoldsSomething() {
        post("docs/", "");
        post("docs/a.txt", "x");
        fails(400, "not empty", () -> delete("docs/", ""));
        assertThat(tree(delete("docs/", "force=true"))).isEqualTo(Map.of("name", "docs", "path", "docs/"));
        assertThat(stored("docs")).doesNotExist();
        fails(400, "No resources given for delete.", () -> delete("", "force=true"));
        post("a.txt", "x");
        ServiceResult gone = call(
                Verb.DELETE,
                "",
                "",
                Map.of(),
                Body.of(Map.of(
                        "resource",
                        List.of(Map.of("type", "file", "path", "a.txt"), Map.of("type", "file", "path", "b.txt")))),
                Rights.ALL);
        assertThat(resource(gone).getFirst()).isEqualTo(Map.of("name", "a.txt", "path", "a.txt"));
        assertThat(resource(gone).getLast().toString()).contains("error");
    }

    @Test
    void aRangeOfAFileThatChangedSinceIsTheWholeFile() throws IOException {
        post("raw.txt", "third body");
        String tag = get("raw.txt", "").headers().get("ETag");
        assertThat(rangeIf(tag).status()).isEqualTo(206);
        post("raw.txt", "a fourth body");
        for (String older : List.of(tag, "Fri, 02 Jan 2026 10:00:00 GMT")) {
            assertThat(rangeIf(older).status()).isEqualTo(200);
            assertThat(bytes(rangeIf(older))).isEqualTo("a fourth body");
        }
    }

    private ServiceResult rangeIf(String tag) {
        return call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=0-4", "If-Range", tag), Body.NONE, Rights.ALL);
    }

    @Test
    void aContainerCannotBeCopiedFrom() {
        post("a.txt", "x");
        ServiceResult tried = call(
                Verb.POST,
                "",
                "",
                Map.of(),
                Body.of(List.of(
                        Map.of("type", "file", "name", "b.txt", "source_path", "a.txt", "source_container", "other"))),
                Rights.ALL);
        assertThat(resource(tried).toString()).contains("error").contains("'source_container' cannot be chosen");
        assertThat(stored("b.txt")).doesNotExist();
    }

    @Test
    void rangesAndUnchangedFiles() throws IOException {
        post("raw.txt", "third body");
        ServiceResult part = call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=0-4"), Body.NONE, Rights.ALL);
        assertThat(part.status()).isEqualTo(206);
        assertThat(bytes(part)).isEqualTo("third");
        assertThat(part.headers()).containsEntry("Content-Range", "bytes 0-4/10");
        assertThat(bytes(call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=-4"), Body.NONE, Rights.ALL)))
                .isEqualTo("body");
        assertThat(bytes(call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=6-99"), Body.NONE, Rights.ALL)))
                .isEqualTo("body");
        fails(
                416,
                "10 bytes",
                () -> call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=10-"), Body.NONE, Rights.ALL));
        assertThat(call(Verb.GET, "raw.txt", "", Map.of("Range", "bytes=5-2"), Body.NONE, Rights.ALL)
                        .status())
                .isEqualTo(200);
        String tag = part.headers().get("ETag");
        assertThat(call(Verb.GET, "raw.txt", "", Map.of("If-None-Match", tag), Body.NONE, Rights.ALL)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void contentSettlesATypeThatTheNameLeavesOpen() {
        post("seen.txt", "{\"a\":1}");
        post("words", "plain words");
        post("almost.txt", "{\"a\":1} and more");
        assertThat(((Content.Bytes) get("seen.txt", "").content()).contentType())
                .isEqualTo("application/json");
        assertThat(((Content.Bytes) get("words", "").content()).contentType()).isEqualTo("text/plain");
        assertThat(((Content.Bytes) get("almost.txt", "").content()).contentType())
                .isEqualTo("text/plain");
    }

    @Test
    void aTextHasItsHashAsRevision() throws IOException {
        post("a.js", "return 1");
        Reading.Found first = (Reading.Found) ((TextSource) files).read(new Address("", "", "/a.js"));
        assertThat(first.text()).isEqualTo("return 1");
        Files.setLastModifiedTime(stored("a.js"), java.nio.file.attribute.FileTime.from(Instant.EPOCH));
        Reading.Found touched = (Reading.Found) ((TextSource) files).read(new Address("", "", "a.js"));
        assertThat(touched.revision()).isEqualTo(first.revision());
        assertThat(touched.at()).isEqualTo(Instant.EPOCH);
        Files.writeString(stored("a.js"), "return 2");
        Files.setLastModifiedTime(stored("a.js"), java.nio.file.attribute.FileTime.from(Instant.EPOCH));
        assertThat(((Reading.Found) ((TextSource) files).read(new Address("", "", "a.js"))).revision())
                .isNotEqualTo(first.revision());
    }

    @Test
    void whatIsNoTextIsMissingOrUnfit() throws IOException {
        post("a.js", "x");
        Files.write(stored("bad.js"), new byte[] {'a', (byte) 0xff});
        Files.write(stored("big.js"), new byte[TextSource.MAX_BYTES + 1]);
        post("docs/", "");
        for (String path : List.of("docs", "none.js", "", "../../secret.txt", "a\0.js")) {
            assertThat(((TextSource) files).read(new Address("", "", path)))
                    .as(path)
                    .isInstanceOf(Reading.Missing.class);
        }
        assertThat(((Reading.Unfit) ((TextSource) files).read(new Address("", "", "bad.js"))).why())
                .contains("UTF-8");
        assertThat(((Reading.Unfit) ((TextSource) files).read(new Address("", "", "big.js"))).why())
                .contains("larger than the 4 MB");
    }

    @Test
    void eventsNameFoldersAndFilesByPlaceholder() {
        assertThat(events("")).containsExactly(new EventPath("files", ""));
        assertThat(events("a/b/")).containsExactly(new EventPath("files.{folder_path}", "a/b/"));
        assertThat(events("a/b.txt")).containsExactly(new EventPath("files.{file_path}", "a/b.txt"));
        assertThat(files.catalogue().endpoints())
                .extracting(endpoint -> endpoint.eventPath("files"))
                .containsExactly("files", "files.{folder_path}", "files.{file_path}");
    }

    private List<EventPath> events(String path) {
        return files.events(new ServiceRequest(
                Verb.GET,
                "2",
                "files",
                ResourcePath.of(path),
                Parameters.NONE,
                Headers.NONE,
                Body.NONE,
                "",
                Caller.PLATFORM,
                Rights.ALL));
    }
}
