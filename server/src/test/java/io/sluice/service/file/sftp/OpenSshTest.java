package io.sluice.service.file.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.OpenSsh;
import io.sluice.testing.SftpPeer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On OpenSSH: SFTP version 3, login by key. */
class OpenSshTest extends SftpContract {
    @Override
    SftpPeer start(Path work) throws Exception {
        OpenSsh.need();
        return OpenSsh.start(work);
    }

    @Test
    void theFingerprintMayBeThatOfOld() throws Exception {
        works(Map.of("host_fingerprint", ((OpenSsh) peer).fingerprint("md5")));
    }

    @ParameterizedTest
    @CsvSource({"ed25519,,", "ed25519,a phrase,", "rsa,,PEM", "rsa,a phrase,PEM", "rsa,,PKCS8", "ecdsa,,", "ecdsa,,PEM"
    })
    void keysOfAllKindsLogIn(String type, String passphrase, String form) throws Exception {
        Path file = keys().resolve("key-" + type + "-" + passphrase + "-" + form);
        String phrase = passphrase == null ? "" : passphrase;
        OpenSsh.key(file, type, phrase, form == null ? new String[0] : new String[] {"-m", form});
        ((OpenSsh) peer).alsoAllow(Path.of(file + ".pub"));
        works(Map.of("private_key", Files.readString(file), "password", phrase));
        works(Map.of("private_key", file.getFileName().toString(), "password", phrase));
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsSaid() throws Exception {
        Path file = keys().resolve("stranger");
        OpenSsh.key(file, "ed25519", "");
        denied("refuses the login", Map.of("private_key", file.toString()));
    }

    @Test
    void aKeysFileThatIsMissingIsSaid() {
        denied("cannot be read", Map.of("private_key", "none"));
    }

    @Test
    void whatTheServerDeniesIsSaid() throws Exception {
        Path other = Files.createDirectory(work.resolve("reading"));
        try (OpenSsh readOnly = OpenSsh.start(other, "-R");
                FileStore store = open(Map.of(
                        "port", readOnly.port(),
                        "container", "",
                        "host_fingerprint", readOnly.fingerprint(),
                        "private_key", readOnly.login().get("private_key")))) {
            Files.writeString(readOnly.folder().resolve("a.txt"), "x");
            assertThat(store.list(FilePath.ROOT, false)).hasSize(1);
            failsAs(StoreFailure.Kind.DENIED, "refuses to write", () -> {
                store.write(FilePath.of("b.txt"), new ByteArrayInputStream(new byte[1]), OptionalLong.of(1));
                return null;
            });
            failsAs(StoreFailure.Kind.DENIED, "refuses to delete", () -> {
                store.delete(FilePath.of("a.txt"));
                return null;
            });
        }
    }
}
