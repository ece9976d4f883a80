package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
