package io.sluice.service.file.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.ApacheFtp;
import io.sluice.testing.FtpPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On Apache FtpServer: facts by MLSD, no renaming over files. */
class ApacheFtpTest extends FtpContract {
    @Override
    FtpPeer start(Path work, int first) throws Exception {
        return ApacheFtp.start(Files.createDirectories(work.resolve("files")), first, PORTS, Optional.empty());
    }

    @Override
    protected boolean tellsLinks() {
        return false;
    }

    @Test
    void aServerWithoutTlsGetsNoLogin() {
        try (FileStore encrypted = open(Map.of("ssl", true))) {
            failsAs(StoreFailure.Kind.DENIED, "does not offer TLS", () -> encrypted.list(FilePath.ROOT, false));
        }
    }

    @Test
    void theServerMayOpenTheConnectionsForData() throws Exception {
        files.post("a.txt", "actively");
        Map<String, Object> active = Map.of(
                "passive",
                false,
                "host",
                FtpPeer.ADDRESS,
                "container",
                place.getFileName().toString());
        try (FileStore other = open(active)) {
            assertThat(other.list(FilePath.ROOT, false)).hasSize(1);
        }
    }
}
