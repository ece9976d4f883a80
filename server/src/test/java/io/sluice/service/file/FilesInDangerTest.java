package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static io.sluice.service.file.FileCalls.items;
import static io.sluice.service.file.FileCalls.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.local.LocalFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do meanwhile, a store that fails in the middle, rights that end below: nothing goes that should stay. */
class FilesInDangerTest {
    @TempDir
    Path root;

    private FileStore store;
    private FileCalls files;

    @BeforeEach
    void start() {
        store = new LocalFiles(new LocalRoots(List.of(root)))
                .open(new ServiceDefinition(7, "files", "", "", "local_file", true, Map.of("container", "store")));
        files = FileCalls.over(store);
        files.folders("docs/", "docs/sub/");
        files.post("docs/a.txt", "a");
        files.post("docs/sub/b.txt", "b");
    }

    /** All verbs on all but what lies below that folder. */
    private record RightsBut(String folder) implements Rights {
        @Override
        public int mask(String component) {
            return component.startsWith(folder) ? Verb.GET.mask() : 31;
        }

        @Override
        public Optional<RowRule> rows(Verb verb, String component) {
            return Optional.empty();
        }
    }

    @Test
    void aFolderGoesOnlyWhereAllBelowMayBeDeleted() {
        Rights rights = new RightsBut("docs/sub/");
        for (String query : List.of("force=true", "force=true&content_only=true")) {
            fails(
                    403,
                    "'docs/' holds something",
                    () -> files.call(Verb.DELETE, "docs/", query, Map.of(), Body.NONE, rights));
        }
        fails(
                403,
                "'/' holds something",
                () -> files.call(Verb.DELETE, "", "force=1&content_only=1", Map.of(), Body.NONE, rights));
        byte[] archive = new Zips().with("new.txt", "x").bytes();
        fails(
                403,
                "'docs/' holds something",
                () -> files.call(
                        Verb.POST, "docs/x.zip", "extract=1&clean=1", Map.of(), Body.raw(archive, ""), rights));
        assertThat(files.paths("", "full_tree=true")).hasSize(4);
        files.call(Verb.DELETE, "docs/", "force=true", Map.of(), Body.NONE, new RightsBut("private/"));
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void whatComesWhileAFolderIsMovedStays() throws IOException {
        FileCalls meddled = FileCalls.over(new StoreAround(store) {
            @Override
            public void copy(FilePath from, FilePath to) throws IOException {
                inner.copy(from, to);
                files.post("docs/sub/late.txt", "late");
            }
        });
        assertThat(resource(meddled.post("", "", items(List.of(move("docs/", "moved")))))
                        .toString())
                .contains("'docs/sub/' holds something that was not there");
        assertThat(files.text("docs/sub/late.txt")).isEqualTo("late");
        assertThat(files.paths("", "full_tree=true"))
                .containsExactly(
                        "docs/",
                        "docs/sub/",
                        "docs/sub/late.txt",
                        "moved/",
                        "moved/a.txt",
                        "moved/sub/",
                        "moved/sub/b.txt");
        files.post("", "", items(List.of(move("moved/", "again"))));
        assertThat(files.paths("", "")).containsExactly("again/", "docs/");
    }

    private static Map<String, Object> move(String from, String name) {
        return Map.of("type", "folder", "name", name, "source_path", from, "delete_source", true);
    }

    @Test
    void cleanEmptiesAFolderOnceForAllArchivesOfAForm() throws IOException {
        byte[] one = new Zips().with("one.txt", "1").bytes();
        byte[] two = new Zips().with("sub/two.txt", "2").bytes();
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "plain.txt", "plain".getBytes(StandardCharsets.UTF_8));
        part(form, "sub/one.zip", one);
        part(form, "one.zip", one);
        part(form, "two.zip", two);
        form.writeBytes("--B--\r\n".getBytes(StandardCharsets.UTF_8));
        Body body = Body.raw(form.toByteArray(), "multipart/form-data; boundary=B");
        files.post("docs/old/", "");
        files.call(Verb.POST, "docs/", "extract=true&clean=true", Map.of(), body, Rights.ALL);
        assertThat(files.paths("docs/", "full_tree=true"))
                .containsExactly("docs/one.txt", "docs/plain.txt", "docs/sub/", "docs/sub/one.txt", "docs/sub/two.txt");
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anItemThatTheStoreFailsOnCarriesItsErrorAndTheOthersGoOn() throws IOException {
        FileCalls failing = FileCalls.over(new StoreAround(store) {
            @Override
            public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
                switch (file.name()) {
                    case "full.txt" -> throw StoreFailure.full("no room is left", null);
                    case "odd.txt" -> throw new IOException("/secret/path");
                    default -> super.write(file, content, length);
                }
            }

            @Override
            public void delete(FilePath file) throws IOException {
                if (file.name().equals("a.txt")) {
                    throw StoreFailure.denied("it refused", null);
                }
                super.delete(file);
            }
        });
        List<Map<String, Object>> all = new ArrayList<>();
        for (String name : List.of("full.txt", "odd.txt", "good.txt")) {
            all.add(Map.of("type", "file", "name", name, "content", "x"));
        }
        List<Object> made = resource(failing.post("", "", items(all)));
        assertThat(made.get(0).toString()).contains("error").contains("no room is left");
        assertThat(made.get(1).toString()).contains("failed on this item").doesNotContain("secret");
        assertThat(files.text("good.txt")).isEqualTo("x");
        List<Object> gone = resource(failing.delete(
                "",
                items(List.of(
                        Map.of("type", "file", "path", "docs/a.txt"), Map.of("type", "file", "path", "good.txt")))));
        assertThat(gone.getFirst().toString()).contains("it refused");
        assertThat(files.paths("", "")).containsExactly("docs/");
    }

    @Test
    void callersThatNobodyKnowsLearnNothingOfTheStore() throws IOException {
        FileStore failing = new StoreAround(store) {
            @Override
            public Optional<FileEntry> find(FilePath path) throws IOException {
                throw StoreFailure.denied("sftp://inner.example refused the user 'deploy'", null);
            }
        };
        Intake intake = Intake.of(new Hosts(OutboundRule.PUBLIC_ONLY), Long.MAX_VALUE);
        FileService service = new FileService("files", failing, intake, PublicFolders.of("docs"));
        ServiceRequest request = new ServiceRequest(
                Verb.GET,
                "2",
                "files",
                ResourcePath.of("docs/a.txt"),
                Parameters.NONE,
                Headers.NONE,
                Body.NONE,
                "/files/docs/a.txt",
                Caller.PLATFORM,
                Rights.ALL);
        assertThatThrownBy(() -> service.publicly(request)).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(503);
            assertThat(failure.error().message())
                    .isEqualTo("The storage of service 'files' does not answer now. Try again later.");
        });
    }

    @Test
    void anAccessListDoesNotWalkTheWholeStore() {
        files.folders("docs/sub/deeper/");
        FileStore shallow = new StoreAround(store) {
            @Override
            public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
                assertThat(deep).isFalse();
                return super.list(folder, false);
            }
        };
        ServiceResult list = FileCalls.over(shallow).get("", "as_access_list=true");
        assertThat(resource(list)).containsExactly("", "*", "docs/", "docs/*", "docs/sub/", "docs/sub/*");
    }

    @Test
    void aPackedFolderThatIsClosedEarlyGivesBackWhatPackingHolds() throws IOException {
        store.write(FilePath.of("docs/big.bin"), new ByteArrayInputStream(new byte[200_000]), OptionalLong.empty());
        ZippedFolder packed = new ZippedFolder(store, FilePath.ROOT, store.list(FilePath.ROOT, true));
        assertThat(packed.read()).isEqualTo('P');
        packed.close();
        assertThatThrownBy(packed::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }
}
