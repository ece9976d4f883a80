package io.sluice.service.file.sftp;

import io.sluice.api.ApiException;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Who logs in, and by what. */
record Credentials(String username, Optional<String> password, PrivateKey key) {
    /** Where the private key is. */
    sealed interface PrivateKey {
        List<KeyPair> load() throws StoreFailure;
    }

    /** The password is all. */
    record NoKey() implements PrivateKey {
        @Override
        public List<KeyPair> load() {
            return List.of();
        }
    }

    /** In the config. */
    record KeyInConfig(List<KeyPair> pairs) implements PrivateKey {
        @Override
        public List<KeyPair> load() {
            return pairs;
        }
    }

    /** In a file, which is read for each login: it may be exchanged. */
    record KeyInFile(Path file, LocalRoots roots, Optional<String> passphrase) implements PrivateKey {
        @Override
        public List<KeyPair> load() throws StoreFailure {
            if (!roots.contains(file)) {
                throw StoreFailure.denied("the file of its private key leads out of the server's file roots", null);
            }
            try {
                return pairs(Files.readString(file), passphrase);
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw StoreFailure.denied("the file of its private key cannot be read as a key", e);
            }
        }
    }

    /** What nobody can log in with is a 400. */
    static Credentials of(ServiceDefinition definition, LocalRoots roots) {
        String username = definition
                .text("username")
                .orElseThrow(() -> ApiException.badRequest("The config needs 'username', who logs in to the server."));
        Optional<String> password = definition.text("password");
        PrivateKey key = definition
                .text("private_key")
                .map(text -> key(text, roots, password))
                .orElse(new NoKey());
        if (password.isEmpty() && key instanceof NoKey) {
            throw ApiException.badRequest("The config needs 'password' or 'private_key' to log in with.");
        }
        return new Credentials(username, password, key);
    }

    private static PrivateKey key(String text, LocalRoots roots, Optional<String> passphrase) {
        if (!text.contains("-----BEGIN")) {
            return new KeyInFile(roots.resolve(text.strip()), roots, passphrase);
        }
        try {
            return new KeyInConfig(pairs(text, passphrase));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw ApiException.badRequest(
                    "The config's 'private_key' cannot be read: it must be the text of a key in OpenSSH's form or PEM,"
                            + " and 'password' its passphrase when it is encrypted.");
        }
    }

    private static List<KeyPair> pairs(String text, Optional<String> passphrase)
            throws IOException, GeneralSecurityException {
        FilePasswordProvider password = passphrase.map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY);
        var pairs = SecurityUtils.loadKeyPairIdentities(
                null,
                NamedResource.ofName("private_key"),
                new ByteArrayInputStream(text.strip().concat("\n").getBytes(StandardCharsets.UTF_8)),
                password);
        if (pairs == null || !pairs.iterator().hasNext()) {
            throw new IOException("no key in it");
        }
        return StreamSupport.stream(pairs.spliterator(), false).toList();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return username;
    }
}
