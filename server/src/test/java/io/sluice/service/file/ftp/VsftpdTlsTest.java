package io.sluice.service.file.ftp;

import io.sluice.testing.FtpPeer;
import io.sluice.testing.OwnCertificate;
import io.sluice.testing.Vsftpd;
import java.nio.file.Path;
import java.util.Optional;

/** On vsftpd with TLS, which wants each connection for data to go on with the session of its login. */
class VsftpdTlsTest extends FtpContract {
    private OwnCertificate certificate;

    @Override
    FtpPeer start(Path work, int first) throws Exception {
        Vsftpd.need();
        certificate = OwnCertificate.forLoopback(work);
        return Vsftpd.start(work, first, PORTS, Optional.of(certificate));
    }

    @Override
    Optional<OwnCertificate> certificate() {
        return Optional.of(certificate);
    }
}
