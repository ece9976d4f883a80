package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.ServerProcess;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Into a file service and out again through a server whose heap would not hold it: 200 MB, and eight files at once. A kind of storage says how it is configured. */
@Timeout(600)
public abstract class LargeFilesContract {
    private static final int HEAP_MIB = 128;
    private static final long SIZE = 200L << 20;
    private static final int AT_ONCE = 8;
    private static final long SMALLER = 20L << 20;

    @TempDir
    protected Path data;

    private ServerProcess server;
    private String token;
    private HttpClient client;

    /** {@code type} and {@code config} of a service that has nothing in it; the storage runs until the test ends. */
    protected abstract Map<String, Object> service() throws Exception;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.jarWithHeap(
                HEAP_MIB,
                Map.of("SLUICE_ADMIN_EMAIL", TestServer.EMAIL, "SLUICE_ADMIN_PASSWORD", TestServer.PASSWORD),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                data.toString());
        Api anyone = Api.at(server.address());
        token = anyone.post("system/admin/session", Map.of("email", TestServer.EMAIL, "password", TestServer.PASSWORD))
                .ok()
                .text("/session_token");
        Map<String, Object> record = new java.util.HashMap<>(service());
        record.putAll(Map.of("name", "large", "label", "large", "is_active", true));
        anyone.withToken(token).post("system/service", Api.one(record)).expect(201);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        server.close();
    }

    @Test
    void largeFilesGoThroughASmallHeap(TestReporter reporter) throws Exception {
        upload("known.bin", BodyPublishers.fromPublisher(chunked(), SIZE), reporter);
        assertThat(download("known.bin", reporter)).isEqualTo(digest(new Made(SIZE)));
        upload("unknown.bin", chunked(), reporter);
        assertThat(download("unknown.bin", reporter)).isEqualTo(digest(new Made(SIZE)));
        HttpResponse<byte[]> part = client.send(
                request("known.bin")
                        .header("Range", "bytes=150000000-150000999")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        try (InputStream made = new Made(SIZE)) {
            made.skipNBytes(150_000_000);
            assertThat(part.body()).isEqualTo(made.readNBytes(1000));
        }
        assertThat(server.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void severalAtOnceGoThroughIt() throws Exception {
        List<String> names =
                IntStream.range(0, AT_ONCE).mapToObj(i -> i + ".bin").toList();
        List<CompletableFuture<HttpResponse<String>>> uploads = names.stream()
                .map(name -> client.sendAsync(
                        request(name)
                                .header("Content-Type", "application/octet-stream")
                                .PUT(BodyPublishers.ofInputStream(() -> new Made(SMALLER)))
                                .build(),
                        BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> upload : uploads) {
            assertThat(upload.get().statusCode()).as(upload.get().body()).isEqualTo(201);
        }
        List<CompletableFuture<HttpResponse<InputStream>>> downloads = names.stream()
                .map(name -> client.sendAsync(request(name).build(), BodyHandlers.ofInputStream()))
                .toList();
        String whole = digest(new Made(SMALLER));
        for (CompletableFuture<HttpResponse<InputStream>> download : downloads) {
            assertThat(digest(download.get().body())).isEqualTo(whole);
        }
        assertThat(server.output()).doesNotContain("OutOfMemoryError");
    }

    private static BodyPublisher chunked() {
        return BodyPublishers.ofInputStream(() -> new Made(SIZE));
    }

    private HttpRequest.Builder request(String name) {
        return HttpRequest.newBuilder(URI.create(server.address() + "/api/v2/large/" + name))
                .header("X-DreamFactory-Session-Token", token);
    }

    private void upload(String name, BodyPublisher body, TestReporter reporter) throws Exception {
        long began = System.nanoTime();
        HttpResponse<String> response = client.send(
                request(name)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(body)
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        told("up " + name, began, reporter);
    }

    private String download(String name, TestReporter reporter) throws Exception {
        long began = System.nanoTime();
        HttpResponse<InputStream> response = client.send(request(name).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains(String.valueOf(SIZE));
        try (InputStream body = response.body()) {
            String digest = digest(body);
            told("down " + name, began, reporter);
            return digest;
        }
    }

    private static void told(String what, long began, TestReporter reporter) {
        reporter.publishEntry(what, String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - began) / 1e9));
    }

    private static String digest(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 << 10];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The content: bytes that do not repeat soon, the same each time. */
    private static final class Made extends InputStream {
        private final long size;
        private long at;

        Made(long size) {
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return at == size ? -1 : byteAt(at++) & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == size) {
                return -1;
            }
            int some = (int) Math.min(length, size - at);
            for (int i = 0; i < some; i++) {
                buffer[offset + i] = byteAt(at + i);
            }
            at += some;
            return some;
        }

        private static byte byteAt(long at) {
            long mixed = (at >>> 3) * 0x9E3779B97F4A7C15L;
            return (byte) (mixed >>> (8 * (at & 7)));
        }
    }
}
