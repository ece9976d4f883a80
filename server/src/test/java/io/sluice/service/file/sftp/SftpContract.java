package io.sluice.service.file.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.service.LocalRoots;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.connected.ConnectedContract;
import io.sluice.testing.CuttingProxy;
import io.sluice.testing.SftpPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sftp_file} on one kind of server. */
abstract class SftpContract extends ConnectedContract {
    @TempDir
    static Path work;

    private CuttingProxy proxy;
    SftpPeer peer;

    abstract SftpPeer start(Path work) throws Exception;

    /** Where files of keys may lie. */
    static Path keys() {
        return work.resolve("keys");
    }

    @BeforeAll
    void startServer() throws Exception {
        Files.createDirectories(keys());
        peer = start(work);
        proxy = CuttingProxy.to("127.0.0.1", peer.port());
    }

    @AfterAll
    void stopServer() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        if (peer != null) {
            peer.close();
        }
    }

    @Override
    protected StoreKind kind() {
        return new SftpFiles(new LocalRoots(List.of(keys())));
    }

    @Override
    protected CuttingProxy proxy() {
        return proxy;
    }

    @Override
    protected Path folder() {
        return peer.folder();
    }

    @Override
    protected Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(peer.login());
        config.putAll(Map.of(
                "host", "127.0.0.1", "port", proxy.port(), "timeout", 60, "host_fingerprint", peer.fingerprint()));
        return config;
    }

    void works(Map<String, Object> more) throws Exception {
        try (FileStore other = open(more)) {
            assertThat(other.list(FilePath.ROOT, false)).isNotNull();
        }
    }

    void denied(String message, Map<String, Object> more) {
        try (FileStore other = open(more)) {
            failsAs(StoreFailure.Kind.DENIED, message, () -> other.list(FilePath.ROOT, false));
        }
    }

    @Test
    void withoutAFingerprintNothingIsSentAndTheServersOwnIsTold() {
        denied(peer.fingerprint(), Map.of("host_fingerprint", ""));
    }

    @Test
    void aServerWithAnotherKeyIsRefused() {
        denied("another key", Map.of("host_fingerprint", "SHA256:" + "A".repeat(43)));
        denied("another key", Map.of("host_fingerprint", "00:".repeat(15) + "00"));
    }

    @Test
    void everyKeyIsTakenWhereThatIsAskedFor() throws Exception {
        works(Map.of("host_fingerprint", "any"));
    }

    @Test
    void configThatCanNeverWorkIsRefusedAtOnce() {
        refused("'host'", Map.of("host", ""));
        refused("'port'", Map.of("port", 0));
        refused("'username'", Map.of("username", ""));
        refused("'password' or 'private_key'", Map.of("password", "", "private_key", ""));
        refused("'host_fingerprint'", Map.of("host_fingerprint", "SHA256:short"));
        refused("outside", Map.of("private_key", "/etc/ssh/ssh_host_rsa_key"));
        refused(
                "'private_key'",
                Map.of("private_key", "-----BEGIN RSA PRIVATE KEY-----\nnone\n-----END RSA PRIVATE KEY-----"));
    }

    private void refused(String what, Map<String, Object> config) {
        assertThatThrownBy(() -> open(config)).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(400);
            assertThat(failure).hasMessageContaining(what);
        });
    }

    @Test
    void theAddressOfMetadataIsNeverCalled() {
        denied("metadata", Map.of("host", "169.254.169.254"));
    }
}
