package io.sluice.service.file.azure;

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
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an {@code azure_blob} service is configured with, and how it says what a store answers. */
class AzureOptionsTest {
    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterEach
    void close() {
        hosts.close();
    }

    private static ServiceDefinition definition(Map<String, ?> more) {
        Map<String, @Nullable Object> all =
                new HashMap<>(Map.of("account_name", "acme", "account_key", "a2V5", "container", "photos"));
        all.putAll(more);
        return new ServiceDefinition(7, "files", "Files", "", "azure_blob", true, all);
    }

    private static AzureSettings settings(Map<String, ?> more) {
        return AzureSettings.of(definition(more));
    }

    private FileStore at(String endpoint) {
        return new AzureFiles(hosts).open(definition(Map.of("endpoint", endpoint)));
    }

    private FileCalls at(FarHost host) {
        return FileCalls.over(at(host.address()));
    }

    @Test
    void anAccountHasAnAddressOfItsOwn() {
        assertThat(settings(Map.of()).endpoint()).hasToString("https://acme.blob.core.windows.net");
        assertThat(settings(Map.of("protocol", "http")).endpoint()).hasToString("http://acme.blob.core.windows.net");
        assertThat(settings(Map.of("endpoint", "http://127.0.0.1:10000/acme/")).endpoint())
                .hasToString("http://127.0.0.1:10000/acme");
        assertThat(settings(Map.of("container", "photos/may")).place().prefix()).isEqualTo("may/");
    }

    @ParameterizedTest
    @CsvSource({
        "account_name, evil.example/, account_name",
        "account_key, not base64!, base64",
        "account_key, '', account_key",
        "protocol, ftp, protocol",
        "endpoint, nonsense, endpoint",
        "container, '', container"
    })
    void configThatCanNeverWorkIsRefused(String field, String value, String word) {
        assertThatThrownBy(() -> settings(Map.of(field, value)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(word);
    }

    @Test
    void settingsDoNotShowTheirKey() {
        assertThat(settings(Map.of()).toString()).doesNotContain("a2V5");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthenticationFailed, 502, the configured key does not belong to the account",
        "403, AuthorizationPermissionMismatch, 502, may not do this",
        "404, ContainerNotFound, 502, does not exist; the first upload makes it",
        "409, ContainerBeingDeleted, 503, is not able to answer now",
        "503, ServerBusy, 503, is not able to answer now",
        "500, InternalError, 503, is not able to answer now",
        "418, Teapot, 500, failed",
    })
    void whatAStoreAnswersIsSaidInWords(int status, String code, int said, String words) throws IOException {
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
        String headers = "Content-Type: application/xml\r\nx-ms-error-code: " + code + "\r\n";
        try (FarHost host = FarHost.saying(status, headers, body)) {
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

    @Test
    void aDownloadThatEndsTooSoonIsAnError() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 100\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    return false;
                });
                InputStream in = at(host.address()).open(FilePath.of("a.txt"), 0, Long.MAX_VALUE)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("broke off");
        }
    }

    @Test
    void nothingIsLeftOfACopyThatTheStoreGaveUp() throws Exception {
        String head = "Last-Modified: Tue, 01 Dec 2026 00:00:00 GMT\r\nETag: \"1\"\r\nx-ms-copy-id: 7\r\n";
        try (FarHost host = FarHost.start((request, out) -> {
                    switch (request.method()) {
                        case "PUT" -> FarHost.reply(out, 202, head + "x-ms-copy-status: pending\r\n", "");
                        case "HEAD" -> {
                            String failed = "HTTP/1.1 200 OK\r\n" + head
                                    + "x-ms-copy-status: failed\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: 0\r\n\r\n";
                            out.write(failed.getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                        }
                        default -> FarHost.reply(out, 202, "", "");
                    }
                    return true;
                });
                FileStore store = at(host.address())) {
            assertThatThrownBy(() -> store.copy(FilePath.of("a.txt"), FilePath.of("b.txt")))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("did not end copying");
            assertThat(host.requests.getLast().method()).isEqualTo("DELETE");
            assertThat(host.requests.getLast().path()).contains("/photos/b.txt");
        }
    }

    @Test
    void anUnknownHostIsSaid() {
        FileCalls files = FileCalls.over(at("http://nowhere.invalid"));
        fails(503, "nowhere.invalid is a host that is not known", () -> files.get("", ""));
    }

    @Test
    void metadataAddressesAreNotCalled() {
        FileCalls files = FileCalls.over(at("http://169.254.169.254"));
        fails(502, "is not called", () -> files.get("", ""));
    }
}
