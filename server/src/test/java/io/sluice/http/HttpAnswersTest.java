package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.observe.Observation;
import io.sluice.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What goes out: length and tag, streams, files, and what is said when an answer fails on its way. */
class HttpAnswersTest extends FreshHttpServer {
    @Test
    void answersWithLengthAndTagButNotWithItsName() throws Exception {
        HttpResponse<String> response = get("/api/v2/db");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"hello\":\"world\"}");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("content-length")).hasValue("17");
        assertThat(response.headers().firstValue("etag")).isPresent();
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache, private");
        assertThat(response.headers().firstValue("server")).isEmpty();
    }

    @Test
    void answersWhatTheCallerHasWith304() throws Exception {
        String tag = get("/api/v2").headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = get("/api/v2", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("etag")).hasValue(tag);
        api = exchange -> tree(Map.of("hello", "you"));
        assertThat(get("/api/v2", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        HttpResponse<String> get = get("/api/v2/db");
        HttpResponse<String> head = client.send(
                to("/api/v2/db")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag")).isEqualTo(get.headers().firstValue("etag"));
        assertThat(head.headers().firstValue("content-length"))
                .isEqualTo(get.headers().firstValue("content-length"));
    }

    @Test
    void headOfRowsClosesTheCursor() throws Exception {
        FakeRows rows = new FakeRows(10);
        api = exchange -> answer(rows, Map.of());
        HttpResponse<String> head = client.send(
                to("/api/v2/db")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).hasValue("application/json");
        Eventually.is("the rows are closed", rows::closed);
    }

    @Test
    void headOfALongTree() throws Exception {
        api = exchange -> tree("x".repeat(200_000));
        HttpResponse<String> head = client.send(
                to("/api/v2/db")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(get("/api/v2/db").body()).hasSize(200_002);
    }

    @Test
    void streamsManyRowsWhole() throws Exception {
        FakeRows rows = new FakeRows(50_000);
        api = exchange -> answer(rows, Map.of());
        HttpResponse<String> response = get("/api/v2/db");
        assertThat(response.headers().firstValue("content-length")).isEmpty();
        assertThat(response.headers().firstValue("etag")).isEmpty();
        assertThat(response.body())
                .startsWith("{\"resource\":[{\"id\":0,\"name\":\"row 0\"},")
                .endsWith("{\"id\":49999,\"name\":\"row 49999\"}],\"meta\":{\"count\":50000}}");
        Eventually.is("the rows are closed", rows::closed);
    }

    @Test
    void compressesForThoseWhoLikeIt() throws Exception {
        for (int count : List.of(100, 50_000)) {
            api = exchange -> answer(new FakeRows(count), Map.of());
            String plain = get("/api/v2/db").body();
            HttpResponse<InputStream> response = client.send(
                    to("/api/v2/db").header("Accept-Encoding", "br, gzip;q=0.5").build(), BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
            assertThat(response.headers().firstValue("vary")).hasValue("Accept-Encoding");
            try (InputStream unzipped = new GZIPInputStream(response.body())) {
                assertThat(unzipped).asString(StandardCharsets.UTF_8).isEqualTo(plain);
            }
        }
        assertThat(get("/api/v2/db", "Accept-Encoding", "gzip;q=0").headers().firstValue("content-encoding"))
                .isEmpty();
        api = exchange -> tree("small");
        assertThat(get("/api/v2/db", "Accept-Encoding", "gzip").body()).isEqualTo("\"small\"");
    }

    @Test
    void aPartOfAFileIsNotCompressed() throws Exception {
        byte[] part = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);
        Content bytes = new Content.Bytes(() -> new ByteArrayInputStream(part), part.length, "text/plain");
        api = exchange -> new ApiResponse(206, Map.of("Content-Range", "bytes 0-4999/9000"), bytes, Format.JSON, false);
        HttpResponse<String> response = get("/api/v2/files/a.txt", "Accept-Encoding", "gzip");
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("5000");
        assertThat(response.body()).hasSize(5000);
    }

    @Test
    void tagsOfPlainAndCompressedBodiesDiffer() throws Exception {
        api = exchange -> tree("x".repeat(5000));
        String plain = get("/api/v2").headers().firstValue("etag").orElseThrow();
        String coded = get("/api/v2", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("etag")
                .orElseThrow();
        assertThat(coded).isNotEqualTo(plain);
        assertThat(get("/api/v2", "Accept-Encoding", "gzip", "If-None-Match", coded)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void anEarlyErrorOfACursorIsACleanAnswer() throws Exception {
        FakeRows rows = new FakeRows(100).failingAfter(50, ApiException.badRequest("Row 50 is bad."));
        api = exchange -> answer(rows, Map.of());
        HttpResponse<String> response = get("/api/v2/db");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"code\":400,\"context\":null,\"message\":\"Row 50 is bad.\",\"status_code\":400}}");
        Eventually.is("the rows are closed", rows::closed);
    }

    @Test
    void aLateErrorBreaksTheAnswerOff() throws Exception {
        FakeRows rows = new FakeRows(50_000).failingAfter(40_000, ApiException.badRequest("late"));
        api = exchange -> answer(rows, Map.of());
        assertThatThrownBy(() -> get("/api/v2/db")).isInstanceOf(IOException.class);
        Eventually.is("the rows are closed", rows::closed);
        assertThat(next(Observation.CallFailed.class).cause()).hasMessage("late");
        next(Observation.CallAnswered.class);
    }

    @Test
    void aLateErrorIsAResetWhereTheEndOfTheConnectionEndsTheBody() throws Exception {
        api = exchange -> answer(new FakeRows(50_000).failingAfter(40_000, ApiException.badRequest("late")), Map.of());
        assertThatThrownBy(() -> raw("GET /api/v2/db HTTP/1.0\r\n\r\n")).isInstanceOf(SocketException.class);
    }

    @Test
    void sendsBytesAsTheyAreIntoASandbox() throws Exception {
        byte[] bytes = "<script>alert(1)</script>".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        for (int length : List.of(20, bytes.length)) {
            Content.Bytes content =
                    new Content.Bytes(() -> new ByteArrayInputStream(bytes, 0, length), length, "text/html");
            api = exchange -> answer(content, Map.of("Content-Disposition", "inline"));
            HttpResponse<byte[]> response =
                    client.send(to("/api/v2/files/a.html").build(), BodyHandlers.ofByteArray());
            assertThat(response.body()).hasSize(length);
            assertThat(response.headers().firstValue("content-length")).hasValue("" + length);
            assertThat(response.headers().firstValue("content-type")).hasValue("text/html");
            assertThat(response.headers().firstValue("content-disposition")).hasValue("inline");
            assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("content-security-policy")).hasValue("sandbox");
        }
    }

    @Test
    void theTextOfAScriptIsSandboxedWhateverItSays() throws Exception {
        api = exchange -> answer(
                new Content.Tree("<b>ü</b>"),
                Map.of("content-type", "text/html", "Content-Security-Policy", "default-src *", "X-Made-By", "script"));
        HttpResponse<String> response = get("/api/v2/s");
        assertThat(response.body()).isEqualTo("<b>ü</b>");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(response.headers().firstValue("content-security-policy")).hasValue("sandbox");
        assertThat(response.headers().firstValue("x-made-by")).hasValue("script");
    }

    @Test
    void aFileThatCannotBeOpenedIsACleanError() throws Exception {
        Content.Bytes content = new Content.Bytes(
                () -> {
                    throw new IOException("/srv/secret/path");
                },
                10,
                "text/plain");
        api = exchange -> answer(content, Map.of());
        HttpResponse<String> response = get("/api/v2/files/a");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("Internal error.").doesNotContain("secret");
        next(Observation.CallFailed.class);
    }

    @Test
    void aFileThatIsShorterThanItSaidIsNotSentAsWhole() throws Exception {
        api = exchange -> answer(new Content.Bytes(() -> new ByteArrayInputStream(new byte[10]), 20, "a/b"), Map.of());
        assertThat(get("/api/v2/files/a").statusCode()).isEqualTo(500);
        Content.Bytes content = new Content.Bytes(() -> new ByteArrayInputStream(new byte[100_000]), 200_000, "a/b");
        api = exchange -> answer(content, Map.of());
        assertThatThrownBy(() -> get("/api/v2/files/a")).isInstanceOf(IOException.class);
    }

    @Test
    void headersOfAnAnswerCannotReframeOrSplitIt() throws Exception {
        api = exchange -> answer(
                new Content.Tree("x"),
                Map.of("Content-Length", "1", "Transfer-Encoding", "chunked", "X-Split", "a\r\nX-Evil: 1\r\n\r\nbody"));
        HttpResponse<String> response = get("/api/v2/s");
        assertThat(response.body()).isEqualTo("\"x\"");
        assertThat(response.headers().firstValue("x-evil")).isEmpty();
    }

    @Test
    void aCallerWhoLeavesClosesTheCursor() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        FakeRows endless = new FakeRows(Integer.MAX_VALUE).whenClosed(closed);
        api = exchange -> answer(endless, Map.of());
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /api/v2/db HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
        next(Observation.CallAnswered.class);
    }

    @Test
    void anAnswerWithoutBody() throws Exception {
        api = exchange -> new ApiResponse(204, Map.of(), Content.Tree.NULL, Format.JSON, false);
        HttpResponse<String> response = get("/api/v2/s");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }
}
