package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too large, break off or are framed wrongly, down to the bytes on the wire: none of them ever becomes a file. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class F11_UploadsOverTheWireTest {
    private static final int MEGABYTE = 1 << 20;

    /** More than a body may be, less than an upload may be. */
    private static final String LARGE = "x".repeat(MEGABYTE + MEGABYTE / 2);

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private Api uploads;
    private String token;

    @BeforeAll
    void start() {
        server = TestServer.start(data, Map.of(Setting.HTTP_MAX_BODY_MB, "1", Setting.FILES_MAX_UPLOAD_MB, "2"));
        token = server.anonymous()
                .post("system/admin/session", Map.of("email", TestServer.EMAIL, "password", TestServer.PASSWORD))
                .ok()
                .text("/session_token");
        admin = server.anonymous().withToken(token);
        uploads = admin.with("Content-Type", "application/octet-stream");
        admin.post("files/in/", null).expect(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void empty() {
        admin.delete("system/event_script?force=true").ok();
        admin.delete("files/in/?force=true&content_only=true").ok();
        Eventually.is("no part of a file is left", this::noPartIsLeft);
    }

    private boolean noPartIsLeft() {
        try (var all = Files.walk(data)) {
            return all.noneMatch(path -> path.getFileName().toString().startsWith(".sluice-part-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> stored() {
        return admin.get("files/in/").ok().column("name");
    }

    /** Sends that and the end of the stream; what comes back, nothing when the connection was broken off. */
    private String raw(String headers, byte[] body) throws IOException {
        URI address = URI.create(server.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /api/v2/files/in/a.bin HTTP/1.1\r\nHost: x\r\nX-DreamFactory-Session-Token: " + token
                            + "\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException brokenOff) {
            return "";
        }
    }

    private static byte[] chunks(int count, String end) {
        String chunk = "8000\r\n" + "y".repeat(0x8000) + "\r\n";
        return (chunk.repeat(count) + end).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void anUploadThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        assertThat(raw("Content-Length: 2097153\r\n", new byte[0]))
                .startsWith("HTTP/1.1 413 ")
                .contains("2097152 bytes");
        assertThat(stored()).isEmpty();
    }

    @Test
    void anUploadThatTurnsOutTooLargeIsNoFile() throws IOException {
        raw("Transfer-Encoding: chunked\r\n", chunks(70, "0\r\n\r\n"));
        assertThat(stored()).isEmpty();
        assertThat(raw("Transfer-Encoding: chunked\r\n", chunks(64, "0\r\n\r\n")))
                .startsWith("HTTP/1.1 201 ");
        assertThat(admin.get("files/in/a.bin?include_properties=true").number("/content_length"))
                .isEqualTo(2 * MEGABYTE);
    }

    @Test
    void anUploadThatBreaksOffIsNoFile() throws IOException {
        for (int sent : new int[] {0, 10, 70_000, MEGABYTE + 100_000}) {
            brokeOff(raw("Content-Length: " + (MEGABYTE + 200_000) + "\r\n", new byte[sent]));
            brokeOff(raw("Content-Length: " + (sent + 1) + "\r\n", new byte[sent]));
        }
        brokeOff(raw("Transfer-Encoding: chunked\r\n", chunks(2, "")));
        brokeOff(raw("Transfer-Encoding: chunked\r\n", chunks(40, "")));
        brokeOff(raw("Transfer-Encoding: chunked\r\n", chunks(40, "8000\r\nyyy")));
        assertThat(stored()).isEmpty();
    }

    private static void brokeOff(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("broke off");
    }

    @Test
    void anUploadThatBreaksOffLeavesTheOldFile() throws IOException {
        uploads.put("files/in/a.bin", "the old text").expect(201);
        raw("Content-Length: " + (MEGABYTE + 200_000) + "\r\n", new byte[MEGABYTE + 100_000]);
        raw("Content-Length: 100\r\n", new byte[50]);
        assertThat(admin.get("files/in/a.bin").body()).isEqualTo("the old text");
    }

    @Test
    void wrongFramingIsNoFile() throws IOException {
        assertThat(raw("Transfer-Encoding: chunked\r\n", chunks(2, "zz\r\n"))).startsWith("HTTP/1.1 400 ");
        assertThat(raw("Transfer-Encoding: chunked\r\n", chunks(40, "zz\r\n"))).startsWith("HTTP/1.1 400 ");
        assertThat(stored()).isEmpty();
    }

    @Test
    void onlyUploadsMayBeLargerThanOtherBodies() {
        uploads.put("files/in/a.bin", LARGE).expect(201);
        assertThat(admin.get("files/in/a.bin").body()).isEqualTo(LARGE);
        for (String json : List.of("[\"" + LARGE + "\"]", "{\"_method\":\"" + LARGE + "\"}")) {
            admin.post("system/role", json).expect(413);
            admin.post("files/in/", json).expect(413);
        }
        admin.post("files/in/", null).expect(400);
    }

    @Test
    void whatTheContentIsCalledChangesNothing() {
        for (String type : List.of("application/json", "text/csv", "application/xml", "image/png", "nonsense")) {
            admin.with("Content-Type", type).post("files/in/a.json", LARGE).expect(201);
            assertThat(admin.get("files/in/a.json").body()).isEqualTo(LARGE);
        }
    }

    @Test
    void nobodyMakesTheServerTakeInWhatTheyMayNotStore() {
        server.anonymous()
                .with("Content-Type", "application/octet-stream")
                .put("files/in/a.bin", LARGE)
                .expect(400);
        server.anonymous()
                .withToken("nonsense")
                .with("Content-Type", "application/octet-stream")
                .put("files/in/a.bin", LARGE)
                .expect(401);
        assertThat(stored()).isEmpty();
    }

    @Test
    void aPackedBombIsStoredAsItIsAndNeverUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[64 << 20]);
        }
        assertThat(raw(
                        "Content-Encoding: gzip\r\nConnection: close\r\nContent-Length: " + bomb.size() + "\r\n",
                        bomb.toByteArray()))
                .startsWith("HTTP/1.1 201 ");
        assertThat(admin.get("files/in/a.bin?include_properties=true").number("/content_length"))
                .isEqualTo(bomb.size());
    }

    @Test
    void whereAScriptListensABodyIsNoLargerThanTheScriptMaySee() {
        admin.post(
                        "system/event_script/" + Api.encode("files.{file_path}.put.post_process"),
                        Map.of(
                                "name",
                                "files.{file_path}.put.post_process",
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "allow_event_modification",
                                true,
                                "content",
                                "event.response.content = {seen: event.request.content.length};"))
                .ok();
        assertThat(uploads.put("files/in/a.bin", "x".repeat(MEGABYTE)).body()).isEqualTo("{\"seen\":1048576}");
        assertThat(uploads.put("files/in/b.bin", LARGE).expect(413).message()).contains("script");
        assertThat(stored()).containsExactly("a.bin");
    }

    @Test
    void aKeyMakesAnUploadHappenOnceAndBoundsIt() {
        Api keyed = uploads.with("Idempotency-Key", "upload-1");
        assertThat(keyed.post("files/in/a.bin?check_exist=true", "one")
                        .expect(201)
                        .body())
                .isEqualTo(keyed.post("files/in/a.bin?check_exist=true", "one")
                        .expect(201)
                        .body());
        keyed.post("files/in/a.bin?check_exist=true", "two").expect(422);
        uploads.with("Idempotency-Key", "upload-2").put("files/in/b.bin", LARGE).expect(413);
        assertThat(stored()).containsExactly("a.bin");
    }
}
