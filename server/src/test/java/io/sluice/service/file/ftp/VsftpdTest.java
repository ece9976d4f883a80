package io.sluice.service.file.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.FileCalls;
import io.sluice.testing.FtpPeer;
import io.sluice.testing.Vsftpd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On vsftpd: LIST, SIZE and MDTM, renaming over files. */
class VsftpdTest extends FtpContract {
    @Override
    FtpPeer start(Path work, int first) throws Exception {
        Vsftpd.need();
        return Vsftpd.start(work, first, PORTS, Optional.empty());
    }

    @Test
    void whatTheServerDeniesIsSaid() {
        FileCalls.fails(502, "its server refuses to", () -> files.post("denied.txt", "x"));
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void timesAreToldToTheSecondOfFilesAndToTheMinuteOfFolders() throws Exception {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        FileTime time = FileTime.from(Instant.now().minusSeconds(90_000));
        Files.setLastModifiedTime(place.resolve("docs/a.txt"), time);
        Files.setLastModifiedTime(place.resolve("docs"), time);
        Instant second = Instant.ofEpochSecond(time.toInstant().getEpochSecond());
        assertThat(store.find(io.sluice.service.file.FilePath.of("docs/a.txt"))
                        .orElseThrow()
                        .modified())
                .isEqualTo(second);
        Instant minute = Instant.ofEpochSecond(second.getEpochSecond() / 60 * 60);
        assertThat(store.find(io.sluice.service.file.FilePath.of("docs/"))
                        .orElseThrow()
                        .modified())
                .isEqualTo(minute);
        assertThat(store.list(io.sluice.service.file.FilePath.ROOT, true))
                .allSatisfy(entry -> assertThat(entry.modified()).isEqualTo(minute));
    }

    @Test
    void aContainerMayBeAbsolute() throws Exception {
        files.post("a.txt", "x");
        try (var other = open(Map.of("container", place.toString()))) {
            assertThat(other.list(io.sluice.service.file.FilePath.ROOT, false)).hasSize(1);
        }
    }
}
