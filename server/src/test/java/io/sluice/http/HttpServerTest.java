package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.RawExchange;
import io.sluice.observe.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
    private final BlockingQueue<RawExchange> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
    private volatile Function<RawExchange, ApiResponse> api = exchange -> tree(Map.of("hello", "world"));
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() {
        Function<RawExchange, ApiResponse> remembering = exchange -> {
            received.add(exchange);
            return api.apply(exchange);
        };
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, 1 << 20, Duration.ofSeconds(30));
        server = new HttpServer(settings, Route.standard(remembering, () -> Map.of("uri", "x")), observed::add);
        server.start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    private static ApiResponse tree(Object value) {
        return new ApiResponse(200, Map.of(), new Content.Tree(value), Format.JSON, false);
    }

    private static ApiResponse answer(Content content, Map<String, String> headers) {
        return new ApiResponse(200, headers, content, Format.JSON, false);
    }

    private HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + target));
    }

    private HttpResponse<String> get(String target, String... headers) throws Exception {
        HttpRequest.Builder request = to(target);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends that text, reads to the end of the connection. */
    private String raw(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.address().getPort());
    }

    private <T extends Observation> T next(Class<T> kind) throws InterruptedException {
        Observation observation = observed.poll(20, TimeUnit.SECONDS);
        assertThat(observation).isInstanceOf(kind);
        return kind.cast(observation);
    }

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
    void handsOverTheRequestAsItWasSent() throws Exception {
        client.send(
                to("/api/v2/a%2Fb/c%20d/?x=%7B1%7D&y")
                        .header("X-Test", "1")
                        .header("X-Test", "2")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                BodyHandlers.ofString());
        RawExchange exchange = received.take();
        assertThat(exchange.method()).isEqualTo("POST");
        assertThat(exchange.rawPath()).isEqualTo("/api/v2/a%2Fb/c%20d/");
        assertThat(exchange.rawQuery()).isEqualTo("x=%7B1%7D&y");
        assertThat(exchange.headers().first("x-test")).hasValue("1,2");
        assertThat(exchange.body()).asString().isEqualTo("body");
        assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v2/../x", "/api/v2/%2e%2e/x", "/api/v2/a;b=c", "/api//v2", "/api/a\\b", "/api/%c3%28"})
    void leavesOddPathsToWhoeverReadsThem(String path) throws Exception {
        raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(received.take().rawPath()).isEqualTo(path);
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
        assertThat(rows.closed()).isTrue();
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
        assertThat(rows.closed()).isTrue();
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
        assertThat(rows.closed()).isTrue();
    }

    @Test
    void aLateErrorBreaksTheAnswerOff() throws Exception {
        FakeRows rows = new FakeRows(50_000).failingAfter(40_000, ApiException.badRequest("late"));
        api = exchange -> answer(rows, Map.of());
        assertThatThrownBy(() -> get("/api/v2/db")).isInstanceOf(IOException.class);
        assertThat(rows.closed()).isTrue();
        assertThat(next(Observation.CallFailed.class).cause()).hasMessage("late");
        next(Observation.CallAnswered.class);
    }

    @Test
    void aLateErrorIsAResetWhereTheEndOfTheConnectionEndsTheBody() throws Exception {
        api = exchange -> answer(new FakeRows(50_000).failingAfter(40_000, ApiException.badRequest("late")), Map.of());
        assertThatThrownBy(() -> raw("GET /api/v2/db HTTP/1.0\r\n\r\n")).isInstanceOf(SocketException.class);
    }

    @Test
    void anUnexpectedErrorSaysNothingToTheCallerAndEverythingToTheLog() throws Exception {
        api = exchange -> {
            throw new IllegalStateException("select secret from table");
        };
        HttpResponse<String> response = get("/api/v2/db?api_key=k");
        assertThat(response.statusCode()).isEqualTo(500);
        Observation.CallFailed failed = next(Observation.CallFailed.class);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"code\":500,\"context\":{\"call\":\"" + failed.id()
                        + "\"},\"message\":\"Internal error.\",\"status_code\":500}}");
        assertThat(failed.cause()).hasMessage("select secret from table");
        assertThat(failed.path()).isEqualTo("/api/v2/db?api_key=***");
        assertThat(next(Observation.CallAnswered.class).id()).isEqualTo(failed.id());
    }

    @Test
    void errorsOfTheCallKeepTheirHeaders() throws Exception {
        api = exchange -> {
            throw new ApiException(ApiError.of(429, "Slower."), Map.of("Retry-After", "7"), null);
        };
        HttpResponse<String> response = get("/api/v2/db");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("7");
    }

    @Test
    void tellsEveryCallWithItsSecretsMasked() throws Exception {
        get("/api/v2/db?limit=1&api_key=A&session_token=B&script%5Ftoken=C&new_password=D&e=f");
        Observation.CallAnswered answered = next(Observation.CallAnswered.class);
        assertThat(answered.path())
                .isEqualTo("/api/v2/db?limit=1&api_key=***&session_token=***&script%5Ftoken=***&new_password=***&e=f");
        assertThat(answered.verb()).isEqualTo("GET");
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(answered.took()).isPositive();
    }

    @Test
    void refusesALargeBodyBeforeItIsSent() throws Exception {
        String answer = raw("POST /api/v2/db HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/json")
                .contains("\"status_code\":413");
        assertThat(received).isEmpty();
    }

    @Test
    void refusesALargeBodyOfUnknownLength() throws Exception {
        HttpRequest request = to("/api/v2/db")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[(1 << 20) + 1])))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(received).isEmpty();
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        HttpRequest request = to("/api/v2/db")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20]))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(received.take().body()).hasSize(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /api/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api HTTP/1.1\r\n\r\n",
                "GET /api HTTP/9.9\r\nHost: x\r\n\r\n",
                "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n",
                "POST /api HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
            })
    void refusesBrokenHttpInTheEnvelope(String request) throws Exception {
        assertThat(raw(request))
                .containsPattern("^HTTP/1.1 (400|505) ")
                .contains("{\"error\":{\"code\":")
                .contains("application/json");
        assertThat(received).isEmpty();
    }

    @Test
    void refusesTooLargeHeadersInTheEnvelope() throws Exception {
        assertThat(raw("GET /api HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(70_000)))
                .startsWith("HTTP/1.1 431 ")
                .contains("{\"error\":{\"code\":431");
        assertThat(raw("GET /api?" + "y".repeat(70_000)))
                .startsWith("HTTP/1.1 414 ")
                .contains("{\"error\":{\"code\":414");
        assertThat(get("/api?filter=" + "y".repeat(50_000)).statusCode()).isEqualTo(200);
    }

    @Test
    void aSilentBodyIsATimeout() throws Exception {
        HttpServer impatient = new HttpServer(
                new HttpSettings("127.0.0.1", 0, 1000, Duration.ofSeconds(1)),
                Route.standard(api, Map::of),
                observed::add);
        impatient.start();
        try (Socket socket = new Socket("127.0.0.1", impatient.address().getPort())) {
            socket.getOutputStream()
                    .write("POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes())
                    .asString()
                    .startsWith("HTTP/1.1 408 ")
                    .contains("{\"error\":{\"code\":408");
        } finally {
            impatient.stop();
        }
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

    @Test
    void plainRoutes() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get("/status").body()).isEqualTo("{\"uri\":\"x\"}");
        HttpResponse<String> home = get("/");
        assertThat(home.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(home.body()).contains("/api/v2");
        HttpResponse<String> missing = get("/nothing/here");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("\"status_code\":404");
        assertThat(get("/apiary").statusCode()).isEqualTo(404);
        HttpRequest post =
                to("/status").POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void keepsTheConnection() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream()
                        .write("GET /api HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(readAnswer(socket.getInputStream()))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("{\"hello\":\"world\"}");
            }
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n{\"hello\":\"world\"}") < 0) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    @Test
    void saysWhichAddressIsTaken() {
        HttpServer second = new HttpServer(
                new HttpSettings("127.0.0.1", server.address().getPort()), Route.standard(api, Map::of), observed::add);
        assertThatThrownBy(second::start)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + server.address().getPort());
    }
}
