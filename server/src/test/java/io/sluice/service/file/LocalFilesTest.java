package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file API over a folder of this machine. */
class LocalFilesTest {
    @TempDir
    private Path machine;

    private Path root;
    private ServiceType type;
    private Service files;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(machine.resolve("root"));
        Files.writeString(machine.resolve("secret.txt"), "outside");
        type = new FileServiceTypes(List.of(root)).all().getFirst();
        files = open("store");
    }

    private Service open(String container) {
        return type.open(
                new ServiceDefinition(7, "files", "Files", "", "local_file", true, Map.of("container", container)));
    }

    private Path stored(String path) {
        return root.resolve("store").resolve(path);
    }

    private ServiceResult call(
            Verb verb, String path, String query, Map<String, String> headers, Body body, Rights rights) {
        return files.handle(new ServiceRequest(
                verb,
                "2",
                "files",
                ResourcePath.of(path),
                Parameters.parse(query),
                Headers.of(headers),
                body,
                "/api/v2/files/" + path,
                Caller.PLATFORM,
                rights));
    }

    private ServiceResult get(String path, String query) {
        return call(Verb.GET, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    private ServiceResult post(String path, String text) {
        return call(Verb.POST, path, "", Map.of(), raw(text), Rights.ALL);
    }

    private ServiceResult delete(String path, String query) {
        return call(Verb.DELETE, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    private static Body raw(String text) {
        return Body.raw(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    private static Object tree(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> resource(ServiceResult result) {
        return (List<Object>) ((Map<String, Object>) tree(result)).get("resource");
    }

    private static String bytes(ServiceResult result) throws IOException {
        try (InputStream in = ((Content.Bytes) result.content()).source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void fails(int status, String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(status);
            assertThat(failure.error().message()).contains(message);
        });
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "docs/../../secret.txt",
                "..",
                "docs/..%2f",
                "a\0.txt",
                "./a.txt",
                "a\\..\\b.txt",
                "a\nb.txt"
            })
    void hostilePathsAreRefusedForEveryVerb(String path) throws IOException {
        post("docs/", "");
        String plain = path.replace("%2f", "/x");
        for (Verb verb : Verb.values()) {
            fails(400, "refused", () -> call(verb, plain, "force=true", Map.of(), raw("x"), Rights.ALL));
        }
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
        assertThat(stored("docs")).isDirectory();
    }

    @Test
    void aSlashInsideASegmentCannotStartAtTheRootOfTheMachine() {
        ResourcePath absolute =
                new ResourcePath(List.of(machine.resolve("secret.txt").toString()), false);
        fails(400, "starts with a slash", () -> FilePath.of(absolute));
        fails(400, "'..'", () -> FilePath.of(new ResourcePath(List.of("docs", "../../secret.txt"), false)));
    }

    @Test
    void linksThatLeadOutAreRefusedAndNotListed() throws IOException {
        post("docs/", "");
        Path outside = Files.createDirectory(machine.resolve("outside"));
        Files.writeString(outside.resolve("kept.txt"), "kept");
        Files.createSymbolicLink(stored("docs/file"), machine.resolve("secret.txt"));
        Files.createSymbolicLink(stored("docs/folder"), outside);
        fails(403, "leads out", () -> get("docs/file", ""));
        fails(403, "leads out", () -> get("docs/folder/", ""));
        fails(403, "leads out", () -> get("docs/folder/kept.txt", ""));
        fails(403, "leads out", () -> post("docs/folder/new.txt", "x"));
        fails(403, "leads out", () -> delete("docs/folder/kept.txt", ""));
        fails(403, "leads out", () -> delete("docs/folder/", "force=true"));
        assertThat(resource(get("docs/", ""))).isEmpty();
        assertThat(resource(get("", "full_tree=true&as_list=true"))).containsExactly("docs/");
        assertThat(((TextSource) files).read(new Address("", "", "docs/file"))).isInstanceOf(Reading.Missing.class);

        delete("docs/", "force=true");
        assertThat(outside.resolve("kept.txt")).hasContent("kept");
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
    }

    @Test
    void aLinkThatStaysInsideIsFollowedOnceAndACircleEnds() throws IOException {
        post("docs/", "");
        post("docs/a.txt", "inside");
        Files.createSymbolicLink(stored("short"), stored("docs"));
        Files.createSymbolicLink(stored("docs/loop"), stored("docs"));
        assertThat(bytes(get("short/a.txt", ""))).isEqualTo("inside");
        assertThat(resource(get("", "full_tree=true&as_list=true")))
                .containsExactly("docs/", "docs/a.txt", "docs/loop/", "short/");
        delete("short/", "force=true");
        assertThat(stored("docs/a.txt")).exists();
        assertThat(stored("short")).doesNotExist();
    }

    @Test
    void aContainerOutsideOfTheRootsIsRefused() throws IOException {
        fails(400, "outside", () -> open("../elsewhere"));
        fails(400, "outside", () -> open(machine.toString()));
        fails(400, "outside", () -> open(root + "x"));
        Files.createSymbolicLink(root.resolve("door"), machine);
        fails(400, "outside", () -> open("door"));
        fails(400, "outside", () -> open("door/new"));
        assertThat(open(root.resolve("other").toString())).isNotNull();
    }

    @Test
    void aRoleIsAskedAboutEachNameThatABodyOrHeaderBrings() {
        Rights onlyDocs = new Rights() {
            @Override
            public int mask(String component) {
                return component.startsWith("docs/") ? 31 : 0;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.empty();
            }
        };
        post("docs/", "");
        post("private.txt", "x");
        assertThat(resource(call(Verb.GET, "", "as_list=1", Map.of(), Body.NONE, onlyDocs)))
                .containsExactly("docs/");
        ServiceResult tried = call(
                Verb.DELETE,
                "",
                "",
                Map.of(),
                Body.of(Map.of("resource", List.of(Map.of("type", "file", "path", "private.txt")))),
                onlyDocs);
        assertThat(resource(tried).toString()).contains("not allowed");
        assertThat(stored("private.txt")).exists();
        fails(403, "not allowed", () -> call(Verb.POST, "", "", Map.of("X-File-Name", "b.txt"), raw("x"), onlyDocs));
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
    void whatIsNoTextIsMissing() throws IOException {
        post("a.js", "x");
        Files.write(stored("bad.js"), new byte[] {'a', (byte) 0xff});
        Files.write(stored("big.js"), new byte[TextSource.MAX_BYTES + 1]);
        post("docs/", "");
        for (String path : List.of("bad.js", "big.js", "docs", "none.js", "", "../../secret.txt", "a\0.js")) {
            assertThat(((TextSource) files).read(new Address("", "", path)))
                    .as(path)
                    .isInstanceOf(Reading.Missing.class);
        }
        assertThat(((Reading.Missing) ((TextSource) files).read(new Address("", "", "bad.js"))).why())
                .contains("UTF-8");
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
