package io.sluice.service.file.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.ApacheDav;
import io.sluice.testing.DavPeer;
import io.sluice.testing.FarHost;
import io.sluice.testing.TomcatDav;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about WebDAV, on real servers where they do it, else on hosts whose answers are written here. */
class WebDavFilesTest {
    private static final FilePath FILE = FilePath.of("a.txt");

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @TempDir
    Path work;

    @AfterEach
    void close() {
        hosts.close();
    }

    private FileStore open(Map<String, Object> config) {
        return new WebDavFiles(hosts).open(new ServiceDefinition(7, "files", "Files", "", "webdav_file", true, config));
    }

    private FileStore open(DavPeer server, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of("username", DavPeer.USER, "password", DavPeer.PASSWORD));
        config.put("base_uri", "http://127.0.0.1:" + server.port() + server.path());
        config.putAll(more);
        return open(Map.copyOf(config));
    }

    private FileStore open(FarHost host) {
        return open(Map.of("base_uri", host.address() + "/dav"));
    }

    private static void write(FileStore store, FilePath file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.write(file, new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    private static String read(FileStore store, FilePath file) throws IOException {
        try (var in = store.open(file, 0, Long.MAX_VALUE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void refused(String why, Map<String, Object> config) {
        assertThatThrownBy(() -> open(config)).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(400);
            assertThat(failure.error().message()).contains(why);
        });
    }

    @Test
    void configThatCannotWorkIsRefusedInWords() {
        refused("needs the field 'base_uri'", Map.of());
        refused("base_uri must be an http or https address", Map.of("base_uri", "ftp://h/"));
        refused("base_uri must not hold credentials", Map.of("base_uri", "http://u:p@h/"));
        refused("NTLM", Map.of("base_uri", "http://h/", "username", "u", "auth_type", 4));
        refused("auth_type must be 1", Map.of("base_uri", "http://h/", "username", "u", "auth_type", 3));
        refused("without a username", Map.of("base_uri", "http://h/", "auth_type", 1));
        refused("'proxy' must be empty", Map.of("base_uri", "http://h/", "proxy", "http://p:3128"));
        refused("'..'", Map.of("base_uri", "http://h/", "container", "../up"));
    }

    @Test
    void aWrongPasswordIsDeniedWhateverTheServerAsksFor() throws Exception {
        try (DavPeer basic = TomcatDav.basic(work.resolve("b"));
                DavPeer digest = TomcatDav.digest(work.resolve("d"))) {
            for (DavPeer server : List.of(basic, digest)) {
                FileStore store = open(server, Map.of("password", "wrong"));
                assertThatThrownBy(() -> store.list(FilePath.ROOT, false))
                        .isInstanceOfSatisfying(StoreFailure.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DENIED);
                            assertThat(failure.getMessage()).doesNotContain("wrong");
                        });
            }
        }
    }

    @Test
    void aLargeUploadMeetsAnOldNonce() throws Exception {
        try (DavPeer server = TomcatDav.digest(work)) {
            FileStore store = open(server, Map.of());
            byte[] large = new byte[3 << 20];
            store.write(FILE, new ByteArrayInputStream(large), OptionalLong.of(large.length));
            assertThat(store.find(FILE).orElseThrow().size()).isEqualTo(large.length);
        }
    }

    @Test
    void aPartThatAnUploadLeftIsHiddenAndAfterADayRemoved() throws Exception {
        try (DavPeer server = TomcatDav.basic(work)) {
            FileStore store = open(server, Map.of());
            Path young = Files.writeString(server.folder().resolve(".sluice-part-young"), "half");
            Path old = Files.writeString(server.folder().resolve(".sluice-part-old"), "half");
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
            write(store, FILE, "whole");
            assertThat(store.list(FilePath.ROOT, true))
                    .extracting(entry -> entry.path().toString())
                    .containsExactly("a.txt");
            assertThat(young).exists();
            assertThat(old).doesNotExist();
        }
    }

    @Test
    void anUploadLeavesNothingBesideTheFile() throws Exception {
        try (DavPeer server = TomcatDav.basic(work)) {
            FileStore store = open(server, Map.of("container", "deep/er"));
            write(store, FILE, "one");
            write(store, FILE, "two");
            store.copy(FILE, FilePath.of("b.txt"));
            store.move(FilePath.of("b.txt"), FilePath.of("c.txt"));
            try (Stream<Path> left = Files.list(server.folder().resolve("deep/er"))) {
                assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("a.txt", "c.txt");
            }
            assertThat(read(store, FilePath.of("c.txt"))).isEqualTo("two");
        }
    }

    @Test
    void aLockedFileIsSaidToBeLocked() throws Exception {
        DavPeer server = ApacheDav.basic();
        FileStore store = open(server, Map.of("auth_type", 1, "container", "locks-" + System.nanoTime()));
        write(store, FILE, "old");
        URI address = URI.create("http://127.0.0.1:" + server.port() + server.path() + "/"
                + server.folder().relativize(onlyFolderWith(server, "a.txt")) + "/a.txt");
        lock(address);
        assertThatThrownBy(() -> write(store, FILE, "new")).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(423);
            assertThat(failure.error().message()).contains("locked");
        });
        assertThatThrownBy(() -> store.delete(FILE)).isInstanceOf(ApiException.class);
        assertThat(read(store, FILE)).isEqualTo("old");
        assertThat(store.list(FilePath.ROOT, true)).hasSize(1);
    }

    private static Path onlyFolderWith(DavPeer server, String name) throws IOException {
        try (Stream<Path> folders = Files.list(server.folder())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("locks-"))
                    .filter(folder -> Files.exists(folder.resolve(name)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void lock(URI address) throws Exception {
        String user = Base64.getEncoder()
                .encodeToString((DavPeer.USER + ":" + DavPeer.PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + user)
                .method(
                        "LOCK",
                        HttpRequest.BodyPublishers.ofString(
                                "<?xml version=\"1.0\"?><lockinfo xmlns=\"DAV:\"><lockscope><exclusive/></lockscope>"
                                        + "<locktype><write/></locktype><owner>somebody</owner></lockinfo>"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isBetween(200, 201);
        }
    }

    private static FarHost answering(int propfind, String body, Map<String, Integer> others) throws IOException {
        return FarHost.start((request, out) -> {
            boolean look = request.method().equals("PROPFIND");
            FarHost.reply(out, look ? propfind : others.getOrDefault(request.method(), 201), "", look ? body : "");
            return true;
        });
    }

    private static String folder(String... hrefs) {
        StringBuilder xml = new StringBuilder("<multistatus xmlns='DAV:'>");
        for (String href : hrefs) {
            xml.append("<response><href>" + href + "</href><propstat><prop><resourcetype>"
                    + (href.endsWith("/") ? "<collection/>" : "")
                    + "</resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>");
        }
        return xml.append("</multistatus>").toString();
    }

    @Test
    void aServerThatTellsOtherAddressesIsListedByPath() throws Exception {
        for (String[] hrefs : List.of(
                new String[] {"http://inside:8080/dav/", "http://inside:8080/dav/a.txt", "http://inside:8080/dav/sub/"},
                new String[] {"/dav", "/dav/a.txt", "/dav/sub/", "/dav/sub/deeper.txt", "/other/x.txt"},
                new String[] {"/internal/webdav/", "/internal/webdav/a.txt", "/internal/webdav/sub/"})) {
            try (FarHost host = answering(207, folder(hrefs), Map.of())) {
                assertThat(open(host).list(FilePath.ROOT, false))
                        .extracting(entry -> entry.path().toString())
                        .containsExactly("a.txt", "sub/");
            }
        }
    }

    @Test
    void namesThatTheApiCannotSayAreLeftOut() throws Exception {
        try (FarHost host =
                answering(207, folder("/dav/", "/dav/%2e%2e", "/dav/a%2Fb", "/dav/a%5Cb", "/dav/ok"), Map.of())) {
            assertThat(open(host).list(FilePath.ROOT, false))
                    .extracting(entry -> entry.path().toString())
                    .containsExactly("ok");
        }
    }

    @Test
    void aServerThatCannotRenameIsSaidAndLeavesNoFile() throws Exception {
        try (FarHost host = answering(207, folder("/dav/"), Map.of("MOVE", 405, "DELETE", 204))) {
            FileStore store = open(host);
            assertThatThrownBy(() -> write(store, FILE, "x"))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("does not know MOVE");
            FarHost.Got removed = host.requests.getLast();
            assertThat(removed.method()).isEqualTo("DELETE");
            assertThat(removed.path()).startsWith("/dav/.sluice-part-");
            FarHost.Got moved = host.requests.get(host.requests.size() - 2);
            assertThat(moved.headers())
                    .containsEntry("destination", host.address() + "/dav/a.txt")
                    .containsEntry("overwrite", "T");
        }
    }

    @Test
    void whatAServerAnswersIsSaidInWords() throws Exception {
        for (var each : Map.of(
                        507, StoreFailure.Kind.FULL,
                        403, StoreFailure.Kind.DENIED,
                        401, StoreFailure.Kind.DENIED,
                        503, StoreFailure.Kind.UNREACHABLE,
                        429, StoreFailure.Kind.UNREACHABLE)
                .entrySet()) {
            try (FarHost host = answering(207, folder("/dav/"), Map.of("PUT", each.getKey(), "DELETE", 404))) {
                FileStore store = open(host);
                assertThatThrownBy(() -> write(store, FILE, "x"))
                        .isInstanceOfSatisfying(
                                StoreFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(each.getValue()));
            }
        }
    }

    @Test
    void aWebSiteIsNoWebDavServer() throws Exception {
        for (int status : new int[] {200, 405, 501}) {
            try (FarHost host = answering(status, "<html></html>", Map.of())) {
                assertThatThrownBy(() -> open(host).list(FilePath.ROOT, false))
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining("does not speak WebDAV");
            }
        }
    }

    @Test
    void aServerWithoutRangesStillGivesParts() throws Exception {
        try (FarHost host = answering(207, folder("/dav/"), Map.of())) {
            assertThat(open(host).find(FilePath.of("sub/"))).isPresent();
        }
        try (FarHost host = FarHost.saying(200, "", "0123456789")) {
            FileStore store = open(host);
            try (var in = store.open(FILE, 3, 4)) {
                assertThat(in.readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("3456");
            }
            try (var in = store.open(FILE, 30, 4)) {
                assertThat(in.readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void aFolderIsNeverAskedForWithAllBelowIt() throws Exception {
        try (DavPeer server = TomcatDav.basic(work);
                FarHost host = answering(207, folder("/dav/"), Map.of())) {
            open(host).list(FilePath.ROOT, true);
            assertThat(host.requests)
                    .allSatisfy(call -> assertThat(call.headers()).containsEntry("depth", "1"));
            FileStore store = open(server, Map.of());
            Files.createDirectories(server.folder().resolve("a/b/c/d/e"));
            assertThat(store.list(FilePath.ROOT, true)).hasSize(5);
        }
    }
}
