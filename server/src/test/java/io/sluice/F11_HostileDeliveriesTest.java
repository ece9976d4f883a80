package io.sluice;

import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F11: bodies of deliveries are held against their limits before they are buffered, over raw sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class F11_HostileDeliveriesTest {
    private static final String SECRET = "the-secret-of-F11";
    private static final int MOST = 4 << 20;

    @TempDir
    static Path folder;

    private TestServer server;
    private Api admin;
    private long hook;

    @BeforeAll
    void start() throws Exception {
        Path repositories = Files.createDirectories(folder.resolve("git"));
        server = TestServer.start(folder.resolve("data"), Map.of(Setting.FILES_ROOTS, folder.toString()));
        admin = server.admin();
        long git = admin.post(
                        "system/service",
                        one(Map.of(
                                "name",
                                "repo",
                                "label",
                                "Repo",
                                "type",
                                "git",
                                "is_active",
                                true,
                                "config",
                                Map.of("base_url", repositories.toUri().toString()))))
                .expect(201)
                .number("/resource/0/id");
        hook = admin.post(
                        "system/webhook",
                        one(Map.of("name", "F11", "provider", "github", "service_id", git, "secret", SECRET)))
                .expect(201)
                .number("/resource/0/id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void F11_a_body_of_25_MB_is_refused_by_its_length_alone() throws Exception {
        assertThat(raw(head(hook, "application/json", "Content-Length: 26214400"), new byte[0], false))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void F11_a_body_of_unknown_length_is_refused_when_it_gets_too_large() throws Exception {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        for (int sent = 0; sent <= MOST; sent += chunk.length) {
            chunks.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
            chunks.write(chunk);
            chunks.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(raw(head(hook, "application/json", "Transfer-Encoding: chunked"), chunks.toByteArray(), false))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void F11_a_body_of_the_limit_is_taken_and_one_byte_more_is_not() throws Exception {
        String body = "{\"zen\": \"" + "x".repeat(MOST - 11) + "\"}";
        assertThat(body).hasSize(MOST);
        assertThat(Deliver.to(server.address(), hook, SECRET, "ping", "large", body)
                        .statusCode())
                .isEqualTo(200);
        assertThat(raw(head(hook, "application/json", "Content-Length: " + (MOST + 1)), new byte[0], false))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void F11_a_body_that_ends_too_soon_is_no_delivery() throws Exception {
        String body = "{\"zen\": \"short\"}";
        String signed = head(
                hook,
                "application/json",
                "Content-Length: " + (body.length() + 10)
                        + "\r\nX-GitHub-Event: ping\r\nX-GitHub-Delivery: cut\r\nX-Hub-Signature-256: sha256="
                        + Deliver.sign(SECRET, body));
        String answer = raw(signed, body.getBytes(StandardCharsets.US_ASCII), true);
        assertThat(answer).doesNotContain("HTTP/1.1 2");
        assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "))
                .as(answer)
                .isTrue();
        assertThat(admin.get("system/webhook/" + hook + "/delivery").ok().column("delivery"))
                .doesNotContain("cut");
    }

    @Test
    void F11_other_kinds_of_content_are_refused_unread() throws Exception {
        for (String type : new String[] {"text/plain", "application/xml", "multipart/form-data; boundary=x", ""}) {
            assertThat(raw(head(hook, type, "Content-Length: 1000000"), new byte[0], false))
                    .as(type)
                    .startsWith("HTTP/1.1 415 ");
        }
    }

    @Test
    void F11_a_gzip_bomb_is_never_unpacked() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                zip.write(zeros);
            }
        }
        String head = head(hook, "application/json", "Content-Encoding: gzip\r\nContent-Length: " + bomb.size());
        assertThat(raw(head, new byte[0], false)).startsWith("HTTP/1.1 415 ");
        String plain = head(
                hook,
                "application/json",
                "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\nConnection: close\r\nContent-Length: "
                        + bomb.size());
        assertThat(raw(plain, bomb.toByteArray(), false)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void an_unknown_webhook_is_a_404_before_its_body_comes() throws Exception {
        assertThat(raw(head(99_999, "application/json", "Content-Length: 1000000"), new byte[0], false))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void deliveries_are_posted() throws Exception {
        assertThat(raw("GET /hooks/" + hook + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", new byte[0], false))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: POST");
        assertThat(server.observed().of(Observation.CallFailed.class)).isEmpty();
    }

    private static String head(long hook, String type, String more) {
        return "POST /hooks/" + hook + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + more + "\r\n\r\n";
    }

    /** Sends it, then reads to the end; {@code half}: says that nothing more comes. */
    private String raw(String head, byte[] body, boolean half) throws IOException {
        int port = java.net.URI.create(server.address()).getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            try {
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                if (half) {
                    socket.shutdownOutput();
                }
            } catch (SocketException refusedMeanwhile) {
                // The answer is there all the same.
            }
            return read(socket);
        }
    }

    /** The head of the answer: a connection may be broken off after it. */
    private static String read(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.write(b);
                if (answer.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                    break;
                }
            }
        } catch (SocketException brokenOff) {
            // What came before it counts.
        }
        return answer.toString(StandardCharsets.US_ASCII);
    }
}
