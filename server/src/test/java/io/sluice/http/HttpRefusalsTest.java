package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never becomes a call: bodies and headers beyond their limits, and what is no HTTP. */
class HttpRefusalsTest extends FreshHttpServer {
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
        assertThat(received.take().body().bytes()).hasSize(1 << 20);
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
    void largeBodiesOfCallersWhoAreNotTrustedTakeUpSoMuchMemoryAndNoMore() throws Exception {
        HttpServer guarded = new HttpServer(
                new HttpSettings("127.0.0.1", 0, 1 << 20),
                List.of(Route.guarded("/hooks", head -> 1 << 20, api)),
                observed::add);
        guarded.start();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 32 + 1; i++) {
                slow.add(slowlySending(guarded));
            }
            Eventually.is("one of them is too many", () -> slow.stream().anyMatch(HttpRefusalsTest::answered));
            HttpResponse<String> refused = post(guarded, 1 << 20);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(post(guarded, Reserve.FREE).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                socket.close();
            }
            Eventually.is("it is given back", () -> post(guarded, 1 << 20).statusCode() == 200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
            guarded.stop();
        }
    }

    private static Socket slowlySending(HttpServer to) throws IOException {
        Socket socket = new Socket("127.0.0.1", to.address().getPort());
        socket.getOutputStream()
                .write("POST /hooks/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n{"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean answered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> post(HttpServer to, int bytes) {
        String address = "http://127.0.0.1:" + to.address().getPort() + "/hooks/1";
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSilentBodyIsATimeout() throws Exception {
        HttpServer impatient = new HttpServer(
                new HttpSettings("127.0.0.1", 0, 1000, 1000, Duration.ofSeconds(1)),
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
}
