package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.testing.Draws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms and archives with bytes changed, left out and added: each is taken or a 400, and nothing lies outside of the folder. */
class DamagedUploadsTest extends FreshFolder {
    private static final String FORM = "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nsome text\r\n--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue\r\n"
            + "--B\r\nContent-Disposition: form-data; name=\"files[]\"; filename*=UTF-8''%c3%bc.txt\r\n\r\nmore\r\n--B--\r\n";

    @Test
    void formsAreTakenOrRefused() throws IOException {
        byte[] whole = FORM.getBytes(StandardCharsets.UTF_8);
        Draws.times(400, draw -> holds(damaged(whole, draw), "multipart/form-data; boundary=B", ""));
        holds(whole, "multipart/form-data; boundary=B", "");
        assertThat(stored("docs/ü.txt")).hasContent("more");
    }

    @Test
    void oddBoundariesAreRefused() {
        byte[] whole = FORM.getBytes(StandardCharsets.UTF_8);
        for (String type : new String[] {
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=B",
            "multipart/",
            "multipart/form-data; boundary=" + "x".repeat(10_000),
            "multipart/form-data; boundary=other"
        }) {
            holds(whole, type, "");
        }
    }

    @Test
    void archivesAreTakenOrRefused() {
        byte[] whole = new Zips()
                .with("a.txt", "some text")
                .with("sub/", "")
                .with("sub/b.bin", FileStoreContract.random(200))
                .bytes();
        Draws.times(400, draw -> holds(damaged(whole, draw), "application/zip", "extract=true"));
    }

    private static byte[] damaged(byte[] whole, Draws draw) {
        byte[] bytes = whole.clone();
        for (int i = draw.between(1, 4); i > 0; i--) {
            int at = draw.between(0, bytes.length - 1);
            bytes[at] = (byte) draw.between(0, 255);
            if (draw.between(0, 3) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    private void holds(byte[] bytes, String type, String query) {
        try {
            if (Files.notExists(stored("docs"))) {
                post("docs/", "");
            }
            call(Verb.POST, "docs/", query, Map.of("X-File-Name", "x.zip"), Body.raw(bytes, type), Rights.ALL);
        } catch (ApiException e) {
            assertThat(e.error().status())
                    .as(e.error().message() + " " + e.getCause())
                    .isIn(400, 404);
        }
        assertThat(machine.toFile().list()).containsExactlyInAnyOrder("root", "secret.txt");
        assertThat(root.toFile().list()).containsExactly("store");
        assertThat(stored("").toFile().list()).containsExactly("docs");
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
    }
}
