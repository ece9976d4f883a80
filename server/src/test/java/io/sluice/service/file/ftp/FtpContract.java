package io.sluice.service.file.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.connected.ConnectedContract;
import io.sluice.testing.CuttingProxy;
import io.sluice.testing.FtpPeer;
import io.sluice.testing.OwnCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftp_file} on one kind of server. */
abstract class FtpContract extends ConnectedContract {
    static final int PORTS = 60;

    @TempDir
    static Path work;

    private CuttingProxy proxy;
    private FtpPeer peer;

    abstract FtpPeer start(Path work, int first) throws Exception;

    /** With one, FTPS is spoken. */
    Optional<OwnCertificate> certificate() {
        return Optional.empty();
    }

    @BeforeAll
    void startServer() throws Exception {
        proxy = CuttingProxy.sameNumbers(FtpPeer.ADDRESS, PORTS);
        peer = start(work, proxy.port());
    }

    @AfterAll
    void stopServer() throws Exception {
        if (peer != null) {
            peer.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    @Override
    protected StoreKind kind() {
        return new FtpFiles();
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
        Map<String, Object> config = new HashMap<>(Map.of(
                "host", "127.0.0.1",
                "port", proxy.port(),
                "username", peer.username(),
                "password", peer.password(),
                "timeout", 60));
        certificate().ifPresent(certificate -> {
            config.put("ssl", true);
            config.put("ca_certificate", pem(certificate));
        });
        return config;
    }

    static String pem(OwnCertificate certificate) {
        try {
            return certificate.pem();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        try (FileStore stranger = open(Map.of("password", "guessed"))) {
            failsAs(StoreFailure.Kind.DENIED, "refuses the login", () -> stranger.list(FilePath.ROOT, false));
        }
    }

    @Test
    void configThatCanNeverWorkIsRefusedAtOnce() {
        refused("'host'", Map.of("host", " "));
        refused("'host'", Map.of("host", "ftp://127.0.0.1/"));
        refused("'port'", Map.of("port", 70_000));
        refused("'port'", Map.of("port", "many"));
        refused("'timeout'", Map.of("timeout", 0));
        refused("'..'", Map.of("container", "/srv/../etc"));
        refused("'ca_certificate'", Map.of("ssl", true, "ca_certificate", "trust me"));
    }

    private void refused(String what, Map<String, Object> config) {
        assertThatThrownBy(() -> open(config)).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(400);
            assertThat(failure).hasMessageContaining(what);
        });
    }

    @Test
    void theAddressOfMetadataIsNeverCalled() {
        try (FileStore metadata = open(Map.of("host", "169.254.169.254"))) {
            failsAs(StoreFailure.Kind.DENIED, "metadata", () -> metadata.list(FilePath.ROOT, false));
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaid() {
        try (FileStore nowhere = open(Map.of("host", "nowhere.invalid"))) {
            failsAs(StoreFailure.Kind.UNREACHABLE, "not known", () -> nowhere.list(FilePath.ROOT, false));
        }
    }
}
