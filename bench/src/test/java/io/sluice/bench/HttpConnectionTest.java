package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsABodyOfKnownLength() throws Exception {
        Answer answer = answers("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello")
                .getFirst();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.nanos()).isPositive();
    }

    @Test
    void readsChunksAndTrailers() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nT: 1\r\n\r\n";
        assertThat(answers(chunked).getFirst().text()).isEqualTo("hello world");
    }

    @Test
    void readsAnswerAfterAnswerFromOneConnection() throws Exception {
        String large = "x".repeat(200_000);
        List<Answer> answers = answers(
                "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + large,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno");
        assertThat(answers).extracting(Answer::status).containsExactly(200, 204, 404);
        assertThat(answers).extracting(Answer::text).containsExactly(large, "", "no");
    }

    @Test
    void saysWhenTheServerGoesAway() {
        assertThatThrownBy(() -> answers("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> answers("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closes the connection");
    }

    @Test
    void countsTextInABody() {
        Answer answer = new Answer(200, "{\"a\":1},{\"a\":2},{\"b\":\"aa\"}".getBytes(StandardCharsets.UTF_8), 1);
        assertThat(answer.count("\"a\":".getBytes(StandardCharsets.UTF_8))).isEqualTo(2);
        assertThat(answer.count("\"c\":".getBytes(StandardCharsets.UTF_8))).isZero();
        assertThat(answer.count("\"aa\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
    }

    /** What the client reads from a server that waits for a request before each of its answers, then closes. */
    private static List<Answer> answers(String... answers) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpConnection connection = new HttpConnection(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> serve(server, answers));
            List<Answer> read = new java.util.ArrayList<>();
            for (String ignored : answers) {
                read.add(connection.call(REQUEST));
            }
            return read;
        }
    }

    private static void serve(ServerSocket server, String... answers) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            for (String answer : answers) {
                in.readNBytes(REQUEST.length);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
