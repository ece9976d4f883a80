package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.local.LocalFiles;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are fetched from an address: every name leads to loopback here, and only {@code allowed.example} may be called. */
@Timeout(60)
class F17_UrlImportTest {
    private static final int MOST = 1000;

    @TempDir
    Path root;

    private Hosts hosts;
    private FarHost inside;
    private FileCalls files;

    @BeforeEach
    void start() throws IOException {
        inside = FarHost.saying(200, "Content-Type: text/plain\r\n", "the inner secret");
        hosts = new Hosts(
                OutboundRule.PUBLIC_ONLY.and(List.of("allowed.example")),
                host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})));
        FileStore store = new LocalFiles(new LocalRoots(List.of(root)))
                .open(new ServiceDefinition(7, "files", "", "", "local_file", true, Map.of("container", "store")));
        files = new FileCalls(new FileService("files", store, Intake.of(hosts, MOST), new PublicFolders(List.of())));
        files.folders("docs/");
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
        inside.close();
    }

    private ServiceResult fetch(String path, String url, String more) {
        String query = "url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + more;
        Map<String, String> headers = Map.of("X-DreamFactory-Session-Token", "t", "Authorization", "Bearer t");
        return files.call(Verb.POST, path, query, headers, Body.NONE, Rights.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/a.txt",
                "http://127.1:PORT/a.txt",
                "http://2130706433:PORT/a.txt",
                "http://0x7f000001:PORT/a.txt",
                "http://[::1]:PORT/a.txt",
                "http://[::ffff:127.0.0.1]:PORT/a.txt",
                "http://0.0.0.0:PORT/a.txt",
                "http://localhost:PORT/a.txt",
                "http://inner.example:PORT/a.txt",
                "http://user:password@inner.example:PORT/a.txt"
            })
    void whatLeadsInsideIsRefusedByItsAddress(String url) {
        assertRefused(url.replace("PORT", String.valueOf(inside.port())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://inner.example/a.txt",
                "jar:http://inner.example/a.jar!/x",
                "//inner.example/a.txt",
                "/etc/passwd",
                "http:///a.txt",
                "not an address"
            })
    void whatIsNoAddressOfTheWebIsRefused(String url) {
        fails(400, "http://", () -> fetch("docs/", url, "&filename=a.txt"));
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    private void assertRefused(String url) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                io.sluice.api.ApiException.class, () -> fetch("docs/", url, ""))
                        .error()
                        .status())
                .isIn(400, 403, 502);
        assertThat(inside.requests).isEmpty();
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void aRedirectToTheInsideIsRefused() throws IOException {
        try (FarHost outside =
                FarHost.saying(302, "Location: http://inner.example:" + inside.port() + "/secret.txt\r\n", "")) {
            fails(
                    403,
                    "was not fetched",
                    () -> fetch("docs/", "http://allowed.example:" + outside.port() + "/a.txt", ""));
            assertThat(outside.requests).hasSize(1);
        }
        assertThat(inside.requests).isEmpty();
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void whatIsAllowedIsFetchedWithoutAnythingOfTheCaller() throws IOException {
        String at = "http://allowed.example:" + inside.port();
        assertThat(FileCalls.tree(fetch("docs/", at + "/x/gr%C3%B6%C3%9Fe.txt?v=1", "")))
                .isEqualTo(Map.of("name", "größe.txt", "path", "docs/größe.txt", "type", "file"));
        fetch("docs/", at + "/x/a.txt", "&filename=other%20name.txt");
        fetch("docs/b.txt", at + "/", "");
        assertThat(files.text("docs/größe.txt")).isEqualTo("the inner secret");
        assertThat(files.paths("docs/", "")).containsExactly("docs/b.txt", "docs/größe.txt", "docs/other name.txt");
        assertThat(inside.requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers().toString())
                        .doesNotContainIgnoringCase("session-token")
                        .doesNotContain("Bearer"));
        assertThat(inside.requests.getFirst().path()).isEqualTo("/x/gr%C3%B6%C3%9Fe.txt?v=1");
    }

    @Test
    void aNameFromTheAddressIsJudgedLikeAnyOther() {
        String at = "http://allowed.example:" + inside.port();
        fails(400, "refused", () -> fetch("docs/", at + "/x/..%5Cup.txt", ""));
        fails(400, "refused", () -> fetch("docs/", at + "/x", "&filename=../up.txt"));
        fails(400, "needs a name", () -> fetch("docs/", at + "/", ""));
        fails(404, "does not exist", () -> fetch("none/", at + "/a.txt", ""));
        assertThat(inside.requests).isEmpty();
    }

    @Test
    void whatIsTooLargeIsNotKeptWhateverItSays() throws IOException {
        String large = "x".repeat(MOST + 1);
        try (FarHost said = FarHost.saying(200, "", large);
                FarHost unsaid = FarHost.start((request, out) -> {
                    out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + large)
                            .getBytes(StandardCharsets.US_ASCII));
                    return false;
                })) {
            for (FarHost host : List.of(said, unsaid)) {
                fails(413, "larger", () -> fetch("docs/", "http://allowed.example:" + host.port() + "/a.txt", ""));
            }
        }
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void whatBreaksOffIsNotKept() throws IOException {
        try (FarHost broken = FarHost.start((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly this".getBytes(StandardCharsets.US_ASCII));
            return false;
        })) {
            fails(
                    502,
                    "was not fetched",
                    () -> fetch("docs/", "http://allowed.example:" + broken.port() + "/a.txt", ""));
        }
        assertThat(files.paths("docs/", "")).isEmpty();
    }

    @Test
    void anErrorPageIsNotTheFile() throws IOException {
        try (FarHost missing = FarHost.saying(404, "", "no such file")) {
            fails(502, "answered 404", () -> fetch("docs/", "http://allowed.example:" + missing.port() + "/a.txt", ""));
        }
        assertThat(files.paths("docs/", "")).isEmpty();
    }
}
