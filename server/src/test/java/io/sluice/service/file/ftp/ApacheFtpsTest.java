package io.sluice.service.file.ftp;

import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.ApacheFtp;
import io.sluice.testing.FtpPeer;
import io.sluice.testing.OwnCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On Apache FtpServer with TLS and a certificate that signed itself. */
class ApacheFtpsTest extends FtpContract {
    private OwnCertificate certificate;

    @Override
    FtpPeer start(Path work, int first) throws Exception {
        certificate = OwnCertificate.forLoopback(work);
        return ApacheFtp.start(Files.createDirectories(work.resolve("files")), first, PORTS, Optional.of(certificate));
    }

    @Override
    Optional<OwnCertificate> certificate() {
        return Optional.of(certificate);
    }

    @Override
    protected boolean tellsLinks() {
        return false;
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        try (FileStore trusting = open(Map.of("ca_certificate", ""))) {
            failsAs(StoreFailure.Kind.DENIED, "certificate", () -> trusting.list(FilePath.ROOT, false));
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() {
        try (FileStore other = open(Map.of("host", "localhost"))) {
            failsAs(StoreFailure.Kind.DENIED, "certificate", () -> other.list(FilePath.ROOT, false));
        }
    }
}
