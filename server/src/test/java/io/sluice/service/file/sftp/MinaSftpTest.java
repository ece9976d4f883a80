package io.sluice.service.file.sftp;

import io.sluice.testing.MinaSftp;
import io.sluice.testing.SftpPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.junit.jupiter.api.Test;

/** On Apache MINA SSHD: SFTP version 6, login by password. */
class MinaSftpTest extends SftpContract {
    @Override
    SftpPeer start(Path work) throws Exception {
        return MinaSftp.start(Files.createDirectories(work.resolve("files")));
    }

    @Test
    void aWrongPasswordIsSaid() {
        denied("refuses the login", Map.of("password", "guessed"));
    }

    @Test
    void theFingerprintMayBeThatOfOld() throws Exception {
        String md5 = ((MinaSftp) peer).fingerprint(BuiltinDigests.md5);
        works(Map.of("host_fingerprint", md5));
        works(Map.of("host_fingerprint", md5.replace("MD5:", "").replace(":", "")));
    }
}
