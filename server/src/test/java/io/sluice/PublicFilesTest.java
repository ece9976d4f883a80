package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that anybody may read, beside the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicFilesTest {
    private static final String DENIED = "Access denied, please contact your system administrator.";

    @TempDir
    static Path data;

    private TestServer server;
    private HttpClient client;

    @BeforeAll
    void start() {
        server = TestServer.start(data);
        client = HttpClient.newHttpClient();
        Api admin = server.admin();
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name", "site",
                                "label", "Site",
                                "type", "local_file",
                                "is_active", true,
                                "config", Map.of("container", "site", "public_path", List.of("pub/", "more/shown")))))
                .expect(201);
        for (String folder : List.of("pub/", "pub/sub/", "public/", "more/", "more/shown/")) {
            admin.post("site/" + folder, null).expect(201);
        }
        Api text = admin.with("Content-Type", "text/plain");
        for (String file : List.of(
                "pub/a.html",
                "pub/sub/gr%C3%B6%C3%9Fe.txt",
                "public/b.txt",
                "c.txt",
                "more/d.txt",
                "more/shown/e.txt")) {
            text.post("site/" + file, "content of " + file).expect(201);
        }
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aPublicFileIsReadWithoutCredentials() throws Exception {
        HttpResponse<String> got = send("GET", "/site/pub/a.html");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("content of pub/a.html");
        assertThat(got.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(got.headers().firstValue("Content-Security-Policy")).contains("sandbox");
        assertThat(send("GET", "/site/pub/sub/gr%C3%B6%C3%9Fe.txt").body()).startsWith("content of pub/sub/");
        assertThat(send("GET", "/site/more/shown/e.txt").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/SITE/pub/a.html").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsReadInPartsAndNotAgainWhenItIsTheSame() throws Exception {
        assertThat(send("GET", "/site/pub/a.html", "Range", "bytes=0-6").body()).isEqualTo("content");
        String tag =
                send("GET", "/site/pub/a.html").headers().firstValue("ETag").orElseThrow();
        assertThat(send("GET", "/site/pub/a.html", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        HttpResponse<String> head = send("HEAD", "/site/pub/a.html");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("21");
        assertThat(send("GET", "/site/pub/a.html?download=true").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"a.html\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/site/c.txt",
                "/site/public/b.txt",
                "/site/more/d.txt",
                "/site/more/shown",
                "/site/pub",
                "/site/pub/",
                "/site/pub/sub/",
                "/site/",
                "/site",
                "/site/none.txt",
                "/site/c.txt?api_key=x&method=DELETE&zip=true",
                "/files/a.txt"
            })
    void whatIsNotPublicIsDeniedInPlainText(String path) throws Exception {
        HttpResponse<String> got = send("GET", path);
        assertThat(got.statusCode()).isEqualTo(403);
        assertThat(got.body()).isEqualTo(DENIED);
        assertThat(got.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/site/pub/../c.txt",
                "/site/pub/%2e%2e/c.txt",
                "/site/pub/..%2Fc.txt",
                "/site/pub/sub/%2e%2e%2f%2e%2e%2fc.txt",
                "/site/pub/..%5Cc.txt",
                "/site/pub%2F..%2Fc.txt"
            })
    void noPathLeadsOutOfAPublicFolder(String path) throws IOException {
        URI address = URI.create(server.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("^HTTP/1.1 (400|403|404) ")
                    .doesNotContain("content of");
        }
    }

    @Test
    void whatIsMissingInAPublicFolderIsMissing() throws Exception {
        assertThat(send("GET", "/site/pub/none.txt").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/site/pub/sub").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingIsChangedHereAndOtherServicesShowNothing() throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(send(method, "/site/pub/a.html").statusCode()).isEqualTo(404);
        }
        assertThat(send("POST", "/site/pub/a.html", "X-HTTP-Method", "GET").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/system/admin").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/nothing/here").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/site/pub/a.html").body()).isEqualTo("content of pub/a.html");
    }
}
