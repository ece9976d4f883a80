package io.sluice;

import io.sluice.testing.CuttingProxy;
import io.sluice.testing.FtpPeer;
import io.sluice.testing.Vsftpd;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Large files in {@code ftp_file}, on vsftpd. */
class FtpLargeFilesIT extends LargeFilesContract {
    private static final int PORTS = 60;

    @TempDir
    Path work;

    private @Nullable CuttingProxy proxy;
    private @Nullable FtpPeer peer;

    @Override
    protected Map<String, Object> service() throws Exception {
        Vsftpd.need();
        CuttingProxy before = CuttingProxy.sameNumbers(FtpPeer.ADDRESS, PORTS);
        proxy = before;
        FtpPeer made = Vsftpd.start(work, before.port(), PORTS, Optional.empty());
        peer = made;
        return Map.of(
                "type",
                "ftp_file",
                "config",
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        before.port(),
                        "username",
                        made.username(),
                        "password",
                        made.password()));
    }

    @AfterEach
    void end() throws Exception {
        if (peer != null) {
            peer.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }
}
