package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.outbound.OutboundReply.Answered;
import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.OutboundRule;
import io.sluice.testing.Eventually;
import io.sluice.testing.FarHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of real hosts on loopback, which may be wrong in every way. */
class OutboundClientTest {
    private static final OutboundRule LOOPBACK = OutboundRule.PUBLIC_ONLY.and(List.of("127.0.0.0/8", "localhost"));
    private final OutboundClient client = new OutboundClient();

    @AfterEach
    void close() {
        client.close();
    }

    private OutboundReply send(String method, String address, Map<String, String> headers, String body, Duration time) {
        OutboundCall call = new OutboundCall(method, address, headers, body.getBytes(StandardCharsets.UTF_8), 10);
        return client.send(call, LOOPBACK, System.nanoTime() + time.toNanos());
    }

    private OutboundReply get(FarHost host) {
        return send("GET", host.address(), Map.of(), "", Duration.ofSeconds(60));
    }

    private static void none(OutboundReply reply, Why why) {
        assertThat(reply).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.why()).as(none.message()).isEqualTo(why);
        });
    }

    @Test
    void whatIsSentArrives() throws IOException {
        try (FarHost host = FarHost.saying(201, "X-One: 1\r\nX-One: 2\r\nContent-Type: text/plain\r\n", "grüße")) {
            OutboundReply reply = send(
                    "patch",
                    host.address().replace("http://", "http://me:p%40ss@") + "/a b/ü?q=100%&x[]=1#part",
                    Map.of("X-Mine", "7", "Host", "evil.example", "Content-Length", "3", "Connection", "upgrade"),
                    "body",
                    Duration.ofSeconds(60));
            FarHost.Got got = host.requests.getFirst();
            assertThat(got.method()).isEqualTo("PATCH");
            assertThat(got.path()).isEqualTo("/a%20b/%C3%BC?q=100%25&x%5B%5D=1");
            assertThat(got.body()).isEqualTo("body");
            assertThat(got.headers())
                    .containsEntry("x-mine", "7")
                    .containsEntry("host", "127.0.0.1:" + host.port())
                    .containsEntry("content-length", "4")
                    .containsEntry("authorization", "Basic bWU6cEBzcw==")
                    .containsEntry("user-agent", "Sluice")
                    .doesNotContainKey("content-type");
            assertThat(reply).isInstanceOfSatisfying(Answered.class, answer -> {
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.statusText()).isEqualTo("Reason");
                assertThat(answer.headers()).containsEntry("x-one", "1, 2");
                assertThat(answer.address()).doesNotContain("me:").endsWith("x%5B%5D=1");
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("grüße");
            });
        }
    }

    @Test
    void a401IsAnAnswerLikeAnyOther() throws IOException {
        for (String challenge : List.of("", "WWW-Authenticate: Basic realm=x\r\n", "WWW-Authenticate: ???\r\n")) {
            try (FarHost host = FarHost.saying(401, challenge, "who?")) {
                assertThat(get(host)).isInstanceOfSatisfying(Answered.class, answer -> {
                    assertThat(answer.status()).isEqualTo(401);
                });
                assertThat(host.requests).hasSize(1);
            }
        }
    }

    @Test
    void postBecomesGetAfter302AndStaysAfter307() throws IOException {
        try (FarHost host = FarHost.start((request, out) -> {
            int status = request.path().equals("/302") ? 302 : request.path().equals("/307") ? 307 : 200;
            FarHost.reply(out, status, "Location: /end\r\nConnection: close\r\n", "");
            return false;
        })) {
            for (String path : List.of("/302", "/307")) {
                send("POST", host.address() + path, Map.of("Content-Type", "text/x"), "body", Duration.ofSeconds(60));
            }
            assertThat(host.requests)
                    .extracting(got -> got.method() + " " + got.path() + " " + got.body() + " "
                            + got.headers().get("content-type"))
                    .containsExactly(
                            "POST /302 body text/x",
                            "GET /end  null",
                            "POST /307 body text/x",
                            "POST /end body text/x");
        }
    }

    @Test
    void packedAnswersAreUnpackedUpToTheLimit() throws IOException {
        byte[] small = gzip(1);
        byte[] bomb = gzip(1 << 10); // 1 GiB of zeros
        try (FarHost host = FarHost.start((request, out) -> {
            byte[] body = request.path().equals("/bomb") ? bomb : small;
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            return false;
        })) {
            assertThat(get(host)).isInstanceOfSatisfying(Answered.class, answer -> {
                assertThat(answer.body()).hasSize(1 << 20);
                assertThat(answer.headers()).doesNotContainKeys("content-encoding", "content-length");
            });
            none(send("GET", host.address() + "/bomb", Map.of(), "", Duration.ofSeconds(60)), Why.FAILED);
        }
    }

    private static byte[] gzip(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        try (FarHost host = FarHost.start((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        })) {
            none(get(host), Why.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no http at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnot zip",
                "HTTP/1.1 99999 What\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                ""
            })
    void garbageIsAFailureInWords(String answer) throws IOException {
        try (FarHost host = FarHost.start((request, out) -> {
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            return false;
        })) {
            none(get(host), Why.FAILED);
        }
    }

    @Test
    void headersWithoutEndAreAFailure() throws IOException {
        try (FarHost host = FarHost.start((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(
                        "X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            none(get(host), Why.FAILED);
        }
    }

    /** Says nothing; a head and nothing more; a byte now and then for ever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSlowHostIsGivenUpAtTheDeadline(int kind) throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
            if (kind > 0) {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            while (kind == 2 && !end.await(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
            end.await();
            return false;
        })) {
            none(send("GET", host.address(), Map.of(), "", Duration.ofMillis(300)), Why.TIMEOUT);
            end.countDown();
        }
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
            end.await();
            return false;
        })) {
            AtomicReference<OutboundReply> reply = new AtomicReference<>();
            Thread thread = Thread.ofVirtual().start(() -> reply.set(get(host)));
            Eventually.is("the call is there", () -> !host.requests.isEmpty());
            thread.interrupt();
            thread.join();
            none(reply.get(), Why.TIMEOUT);
            end.countDown();
        }
    }

    @Test
    void hostsThatAreNotThereAreNamed() throws IOException {
        String gone;
        try (FarHost host = FarHost.saying(200, "", "")) {
            gone = host.address();
        }
        none(send("GET", gone, Map.of(), "", Duration.ofSeconds(60)), Why.FAILED);
        assertThat(send("GET", "http://no-such-host.invalid/", Map.of(), "", Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(None.class, none -> {
                    assertThat(none.message()).isEqualTo("no-such-host.invalid is a host that is not known.");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/path",
                "http:",
                "http:///",
                "http://",
                "http://[::1",
                "http://a b/",
                "http://a:99999/",
                "ftp://a/",
                "javascript:alert(1)",
                "http://%00/",
                "http://a%2f.example/"
            })
    void addressesThatCannotBeCalledAreSaid(String address) {
        none(send("GET", address, Map.of(), "", Duration.ofSeconds(60)), Why.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "", "GE T", "G\r\nT", "ÄT"})
    void methodsThatAreNotSentAreSaid(String method) {
        none(send(method, "http://127.0.0.1/", Map.of(), "", Duration.ofSeconds(60)), Why.MALFORMED);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused(@TempDir Path folder) throws Exception {
        SSLContext tls = selfSigned(folder);
        try (FarHost host = FarHost.at("127.0.0.1", 0, tls.getServerSocketFactory(), (request, out) -> {
            FarHost.reply(out, 200, "Connection: close\r\n", "secret");
            return false;
        })) {
            OutboundReply reply =
                    send("GET", "https://localhost:" + host.port() + "/", Map.of(), "", Duration.ofSeconds(60));
            none(reply, Why.FAILED);
            assertThat(((None) reply).message()).isEqualTo("localhost cannot be reached over trusted TLS.");
            assertThat(host.requests).isEmpty();
        }
    }

    static SSLContext selfSigned(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
