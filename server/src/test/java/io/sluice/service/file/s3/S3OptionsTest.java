package io.sluice.service.file.s3;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileCalls;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.testing.FarHost;
import io.sluice.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an {@code aws_s3} service is configured with, and how it says what a store answers. */
class S3OptionsTest {
    private static final Map<String, Object> REAL = Map.of(
            "key",
            S3Server.KEY,
            "secret",
            S3Server.SECRET,
            "container",
            "options",
            "endpoint",
            "http://127.0.0.1:" + S3Server.get().port());

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterEach
    void close() {
        hosts.close();
    }

    private static ServiceDefinition definition(Map<String, ?> some, Map<String, ?> more) {
        Map<String, @Nullable Object> all = new HashMap<>(some);
        all.putAll(more);
        return new ServiceDefinition(7, "files", "Files", "", "aws_s3", true, all);
    }

    private static S3Settings settings(Map<String, ?> config) {
        return S3Settings.of(definition(Map.of("container", "photos"), config));
    }

    private FileStore open(Map<String, ?> some, Map<String, ?> more) {
        return new S3Files(hosts).open(definition(some, more));
    }

    private FileCalls at(FarHost host) {
        return FileCalls.over(
                open(Map.of("key", "k", "secret", "s", "container", "photos"), Map.of("endpoint", host.address())));
    }

    @Test
    void amazonGetsWhatItsSdkDoesByDefaultAndOtherStoresWhatAllUnderstand() {
        S3Settings amazon = settings(Map.of());
        assertThat(amazon.region()).isEqualTo("us-east-1");
        assertThat(amazon.pathStyle()).isFalse();
        assertThat(amazon.chunked()).isTrue();
        assertThat(amazon.checksumsAlways()).isTrue();
        S3Settings other = settings(Map.of("endpoint", "https://minio.example:9000/"));
        assertThat(other.pathStyle()).isTrue();
        assertThat(other.chunked()).isFalse();
        assertThat(other.checksumsAlways()).isFalse();
        assertThat(other.endpoint()).hasToString("Optional[https://minio.example:9000]");
        S3Settings said = settings(Map.of(
                "endpoint", "http://h", "path_style", false, "chunked_encoding", true, "checksums", "when_supported"));
        assertThat(said.pathStyle()).isFalse();
        assertThat(said.chunked()).isTrue();
        assertThat(said.checksumsAlways()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, minio.example:9000, endpoint",
        "endpoint, ftp://minio.example, endpoint",
        "endpoint, https://user:pass@minio.example, endpoint",
        "region, evil.example/x#, region",
        "container, evil@example, container",
        "container, bucket/../other, refused",
        "key, alone, go together"
    })
    void configThatCanNeverWorkIsRefused(String field, String value, String word) {
        assertThatThrownBy(() -> settings(Map.of(field, value)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(word);
    }

    @Test
    void aBucketMayBeShownInPart() {
        assertThat(settings(Map.of("container", "/photos/2026/may/")).place().prefix())
                .isEqualTo("2026/may/");
        assertThat(settings(Map.of("container", "photos")).place().prefix()).isEmpty();
    }

    @Test
    void settingsDoNotShowTheirSecret() {
        assertThat(settings(Map.of("key", "AK", "secret", "hidden")))
                .asString()
                .contains("AK")
                .doesNotContain("hidden");
    }

    /** As on Amazon: signed in chunks, with checksums behind them. */
    @Test
    void chunkedUploadsWithChecksumsAreStoredToo() throws Exception {
        byte[] all = new byte[17 << 20];
        new Random(3).nextBytes(all);
        try (FileStore store = open(REAL, Map.of("chunked_encoding", true, "checksums", "when_supported"))) {
            for (int size : new int[] {0, 1, 100_000, all.length}) {
                store.write(FilePath.of("a.bin"), new ByteArrayInputStream(all, 0, size), OptionalLong.of(size));
                try (InputStream in = store.open(FilePath.of("a.bin"), 0, Long.MAX_VALUE)) {
                    assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOf(all, size));
                }
            }
            store.makeFolder(FilePath.of("docs/"));
            store.deleteFolder(FilePath.ROOT, true);
            assertThat(store.list(FilePath.ROOT, true)).isEmpty();
        }
    }

    @Test
    void whatIsTooLargeToBeCopiedAtOnceIsCopiedInParts() throws Exception {
        byte[] all = new byte[12 << 20];
        new Random(4).nextBytes(all);
        S3Settings settings = S3Settings.of(definition(REAL, Map.of()));
        try (FileStore store = open(REAL, Map.of());
                var client = Connection.to(settings, hosts)) {
            store.write(FilePath.of("from.bin"), new ByteArrayInputStream(all), OptionalLong.of(all.length));
            new MultipartCopy(client, "options", 1, 5 << 20).copy("from.bin", "to.bin");
            try (InputStream in = store.open(FilePath.of("to.bin"), 0, Long.MAX_VALUE)) {
                assertThat(in.readAllBytes()).isEqualTo(all);
            }
            store.deleteFolder(FilePath.ROOT, true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, SignatureDoesNotMatch, 502, the configured secret does not belong to the key",
        "403, InvalidAccessKeyId, 502, it does not know the configured key",
        "403, AccessDenied, 502, the configured credentials may not do this",
        "403, RequestTimeTooSkewed, 502, differ too much",
        "400, ExpiredToken, 502, not valid any more",
        "301, PermanentRedirect, 502, does not lie in the region us-east-1",
        "400, AuthorizationHeaderMalformed, 502, does not lie in the region us-east-1",
        "404, NoSuchBucket, 502, does not exist; the first upload makes it",
        "503, SlowDown, 503, is not able to answer now",
        "500, InternalError, 503, is not able to answer now",
        "403, QuotaExceeded, 507, is full",
        "418, Teapot, 500, failed",
    })
    void whatAStoreAnswersIsSaidInWords(int status, String code, int said, String words) throws IOException {
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
        try (FarHost host = FarHost.saying(status, "Content-Type: application/xml\r\n", body)) {
            fails(said, words, () -> at(host).get("", ""));
        }
    }

    @Test
    void whatMayPassIsTriedThreeTimesAndOthersOnce() throws IOException {
        try (FarHost busy = FarHost.saying(503, "", "")) {
            fails(503, "not able to answer now", () -> at(busy).get("", ""));
            assertThat(busy.requests).hasSize(3);
        }
        try (FarHost denying = FarHost.saying(403, "", "")) {
            fails(502, "credentials", () -> at(denying).get("", ""));
            assertThat(denying.requests).hasSize(1);
        }
    }

    /** The first two answers end in their middle. */
    private static FarHost breakingOffTwice(String body) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        return FarHost.start((request, out) -> {
            if (asked.incrementAndGet() <= 2) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<half>".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } else {
                FarHost.reply(out, 200, "Content-Type: application/xml\r\n", body);
            }
            return false;
        });
    }

    @Test
    void aListThatBreaksOffIsAskedForAgain() throws IOException {
        String list = "<?xml version=\"1.0\"?><ListBucketResult><Contents><Key>a.txt</Key>"
                + "<LastModified>2026-05-01T00:00:00Z</LastModified><Size>1</Size></Contents></ListBucketResult>";
        try (FarHost host = breakingOffTwice(list)) {
            assertThat(at(host).get("", "").toString()).contains("a.txt");
            assertThat(host.requests).hasSize(3);
        }
    }

    @Test
    void anUploadWhoseAnswerBreaksOffIsSentAgain() throws Exception {
        try (FarHost host = breakingOffTwice("");
                FileStore store = open(
                        Map.of("key", "k", "secret", "s", "container", "photos"), Map.of("endpoint", host.address()))) {
            store.write(FilePath.of("a.txt"), new ByteArrayInputStream(new byte[] {'a'}), OptionalLong.of(1));
            assertThat(host.requests).hasSize(3).allSatisfy(sent -> {
                assertThat(sent.method()).isEqualTo("PUT");
                assertThat(sent.body()).isEqualTo("a");
            });
        }
    }

    @Test
    void anAnswerThatIsNoXmlIsAFailureOfTheStorage() throws IOException {
        try (FarHost host = FarHost.saying(200, "", "<html>hello")) {
            fails(500, "The storage of service 'files' failed", () -> at(host).get("", ""));
        }
    }

    @Test
    void aDownloadThatEndsTooSoonIsAnError() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    out.flush();
                    return false;
                });
                FileStore store = open(
                        Map.of("key", "k", "secret", "s", "container", "photos"), Map.of("endpoint", host.address()));
                InputStream in = store.open(FilePath.of("a.txt"), 0, Long.MAX_VALUE)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(io.sluice.service.file.StoreFailure.class)
                    .hasMessageContaining("broke off");
        }
    }

    /** The last line: a range behind the end. */
    @ParameterizedTest
    @CsvSource({
        "200, '', 2, 3, cde",
        "200, '', 2, 99, cdefgh",
        "206, 'Content-Range: bytes 2-4/8', 2, 3, abc",
        "200, '', 9, 2, ''"
    })
    void aRangeIsCutOutOfAnAnswerThatHasAll(int status, String header, long from, long length, String bytes)
            throws Exception {
        try (FarHost host = FarHost.saying(status, header.isEmpty() ? "" : header + "\r\n", "abcdefgh");
                FileStore store = open(
                        Map.of("key", "k", "secret", "s", "container", "photos"), Map.of("endpoint", host.address()));
                InputStream in = store.open(FilePath.of("a.txt"), from, length)) {
            assertThat(in.readAllBytes()).asString().isEqualTo(bytes);
        }
    }

    @Test
    void aListThatIsCutOffWithoutAWordOfHowItGoesOnIsAFailure() throws IOException {
        String body = "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>";
        try (FarHost host = FarHost.saying(200, "Content-Type: application/xml\r\n", body)) {
            fails(503, "cut off a list", () -> at(host).get("", ""));
        }
    }

    @Test
    void anUnknownHostIsSaid() {
        FileCalls files = FileCalls.over(open(
                Map.of("key", "k", "secret", "s", "container", "photos"),
                Map.of("endpoint", "http://nowhere.invalid")));
        fails(503, "nowhere.invalid is a host that is not known", () -> files.get("", ""));
    }

    @Test
    void metadataAddressesAreNotCalled() {
        FileCalls files = FileCalls.over(open(
                Map.of("key", "k", "secret", "s", "container", "photos"),
                Map.of("endpoint", "http://169.254.169.254")));
        fails(502, "is not called", () -> files.get("", ""));
    }
}
