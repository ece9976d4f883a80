package io.sluice.service.file.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.FarHost;
import io.sluice.testing.SwiftServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Folders in Swift as other clients leave them, and answers that are not what they should be. */
class SwiftFoldersTest {
    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);
    private final String name = "f-" + UUID.randomUUID();

    @AfterEach
    void close() {
        hosts.close();
    }

    /** The container on Swift itself, as a client sees it that knows of no folders. */
    private Container container() throws IOException {
        java.net.URI login = java.net.URI.create(SwiftServer.get().address() + "/auth/v1.0");
        AuthV1 auth = new AuthV1(hosts.at(login), login, SwiftServer.USER, SwiftServer.KEY, InstantSource.system());
        return new Container(new Cluster(new Sessions(auth, InstantSource.system())), name);
    }

    private static List<String> paths(FileStore store, String folder, boolean deep) throws IOException {
        return store.list(FilePath.of(folder), deep).stream()
                .map(FileEntry::path)
                .map(FilePath::toString)
                .toList();
    }

    @Test
    void foldersOfOtherClientsAreFolders() throws IOException {
        Container raw = container();
        raw.putFolder("marked");
        raw.put("through/the/middle.txt", new byte[1]);
        raw.putFolder("slash/");
        FileStore store = new SwiftStore(raw);
        assertThat(paths(store, "", false)).containsExactly("marked/", "slash/", "through/");
        assertThat(paths(store, "", true))
                .containsExactly("marked/", "slash/", "through/", "through/the/", "through/the/middle.txt");
        for (String folder : List.of("marked", "slash", "through", "through/the")) {
            assertThat(store.find(FilePath.of(folder + "/"))).as(folder).isPresent();
            assertThat(store.find(FilePath.of(folder))).as(folder).isEmpty();
        }
        store.deleteFolder(FilePath.of("marked/"), false);
        store.deleteFolder(FilePath.of("through/"), true);
        assertThat(paths(store, "", true)).containsExactly("slash/", "through/");
    }

    @Test
    void deletingAFolderDoesNotDeleteTheFileOfTheSameName() throws IOException {
        Container raw = container();
        raw.put("same", new byte[3]);
        raw.put("same/below.txt", new byte[1]);
        FileStore store = new SwiftStore(raw);
        assertThat(paths(store, "", false)).containsExactly("same", "same/");
        store.deleteFolder(FilePath.of("same/"), false);
        assertThat(paths(store, "", false)).containsExactly("same");
    }

    @Test
    void namesThatTheApiCannotSayAreLeftOutAndDeletedWithTheirFolder() throws IOException {
        Container raw = container();
        for (String odd : List.of("d//x", "d/../up", "d/a\\b", "d/ok.txt")) {
            raw.put(odd, new byte[1]);
        }
        FileStore store = new SwiftStore(raw);
        assertThat(paths(store, "d/", true)).containsExactly("d/ok.txt");
        store.deleteFolder(FilePath.of("d/"), false);
        assertThat(raw.page("", false, "")).isEmpty();
    }

    @Test
    void listsGoOnAfterAFolderThatManyNamesAreIn() throws IOException {
        Container raw = container();
        raw.put("many/first", new byte[1]);
        raw.put("z.txt", new byte[1]);
        SwiftServer.get().list(name, "many/", 10_500);
        assertThat(paths(new SwiftStore(raw), "", false)).containsExactly("many/", "z.txt");
        assertThat(paths(new SwiftStore(raw), "", true)).hasSize(10_503);
        assertThat(raw.page("", true, "many/")).extracting(Listed::whole).containsExactly("z.txt");
    }

    @Test
    void aFileThatIsTooLargeForTheClusterIsSaidToBeSo() throws IOException {
        FileStore store = new SwiftStore(container());
        InputStream untouched = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("nothing of it should be sent");
            }
        };
        assertThatThrownBy(() -> store.write(FilePath.of("big"), untouched, OptionalLong.of(6L << 30)))
                .isInstanceOfSatisfying(ApiException.class, failure -> assertThat(failure.error().status())
                        .isEqualTo(413));
        assertThat(store.find(FilePath.of("big"))).isEmpty();
    }

    private FileStore over(FarHost host) {
        Map<String, Object> config =
                Map.of("username", "u", "password", "p", "url", host.address() + "/auth/v1.0", "container", "c");
        return new SwiftFiles(hosts)
                .open(new ServiceDefinition(7, "files", "", "", "openstack_object_storage", true, config));
    }

    /** A host that lets everybody in and then answers each method of the storage as it is told. */
    private static FarHost storage(Map<String, String> heads, String body) throws IOException {
        return FarHost.start((request, out) -> {
            if (request.path().equals("/auth/v1.0")) {
                String self = "http://" + request.headers().get("host");
                FarHost.reply(out, 200, "X-Auth-Token: t\r\nX-Storage-Url: " + self + "/v1/a\r\n", "");
                return true;
            }
            String[] head = heads.getOrDefault(request.method(), "204").split(" ", 2);
            FarHost.reply(
                    out,
                    Integer.parseInt(head[0]),
                    head.length > 1 ? head[1] + "\r\n" : "",
                    request.method().equals("GET") ? body : "");
            return true;
        });
    }

    @Test
    void whatWasStoredWronglyIsDeletedAndSaid() throws IOException {
        try (FarHost host = storage(Map.of("PUT", "201 ETag: 00000000000000000000000000000000"), "")) {
            FileStore store = over(host);
            assertThatThrownBy(() -> store.write(
                            FilePath.of("a"), new ByteArrayInputStream(new byte[2 << 20]), OptionalLong.of(2 << 20)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("something else than was sent");
            assertThat(host.requests.getLast().method()).isEqualTo("DELETE");
        }
    }

    @Test
    void aListThatIsBrokenIsAFailureAndNotAShortList() throws IOException {
        for (String body : List.of("[{\"name\": \"a\", \"bytes\": 1}", "<html>", "{\"name\": 1", "")) {
            try (FarHost host = storage(Map.of("GET", "200"), body)) {
                FileStore store = over(host);
                assertThatThrownBy(() -> store.list(FilePath.ROOT, false)).as(body).isInstanceOf(StoreFailure.class);
            }
        }
    }

    @Test
    void aClusterThatCannotDeleteManyAtOnceIsAskedForOneByOne() throws IOException {
        try (FarHost host = storage(Map.of("POST", "204"), "")) {
            ManyDeletes deletes = new ManyDeletes(new Container(new Cluster(sessions(host)), "c"));
            deletes.delete(List.of("a", "b c"));
            deletes.delete(List.of("d"));
            assertThat(host.requests)
                    .extracting(call -> call.method() + " " + call.path())
                    .containsExactly(
                            "GET /auth/v1.0", "POST /v1/a?bulk-delete", "DELETE /v1/a/c/a", "DELETE /v1/a/c/b%20c", "DELETE /v1/a/c/d");
        }
    }

    private Sessions sessions(FarHost host) {
        java.net.URI login = java.net.URI.create(host.address() + "/auth/v1.0");
        return new Sessions(new AuthV1(hosts.at(login), login, "u", "p", InstantSource.system()), InstantSource.system());
    }

    @Test
    void whatTheClusterAnswersIsSaidInWords() throws IOException {
        for (var each : Map.of(
                        "507", StoreFailure.Kind.FULL,
                        "403", StoreFailure.Kind.DENIED,
                        "401", StoreFailure.Kind.DENIED,
                        "503", StoreFailure.Kind.UNREACHABLE,
                        "429", StoreFailure.Kind.UNREACHABLE)
                .entrySet()) {
            try (FarHost host = storage(Map.of("PUT", each.getKey()), "")) {
                FileStore store = over(host);
                assertThatThrownBy(() -> store.makeFolder(FilePath.of("a/")))
                        .isInstanceOfSatisfying(
                                StoreFailure.class, failure -> assertThat(failure.kind()).isEqualTo(each.getValue()));
            }
        }
    }

    @Test
    void theHeadOfAnObjectTellsItsTimeToTheFraction() throws IOException {
        try (FarHost host = storage(
                Map.of("HEAD", "200 X-Timestamp: 1796084321.05256\r\nLast-Modified: Tue, 01 Dec 2026 00:18:42 GMT"), "")) {
            Optional<FileEntry> found = over(host).find(FilePath.of("a"));
            assertThat(found.orElseThrow().modified()).isEqualTo("2026-12-01T00:18:41.052560Z");
        }
    }
}
