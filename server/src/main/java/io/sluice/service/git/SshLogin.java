package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Who logs in at an SSH server, by what, and which key the server must show first.
 *
 * @param keys empty when the password is all
 * @param fingerprint {@code SHA256:…}; empty when nothing is known of the server, so that nothing is sent to it
 */
record SshLogin(String username, List<KeyPair> keys, Optional<String> password, Optional<String> fingerprint) {
    /** What nobody can log in with is a 400. */
    static SshLogin of(String username, ServiceDefinition definition) {
        Optional<String> password = definition.text("password");
        List<KeyPair> keys =
                definition.text("private_key").map(text -> keys(text, password)).orElse(List.of());
        if (keys.isEmpty() && password.isEmpty()) {
            throw ApiException.badRequest("Git over ssh needs a private_key or a password to log in with.");
        }
        return new SshLogin(
                username, keys, password, definition.text("host_fingerprint").map(SshLogin::fingerprint));
    }

    private static List<KeyPair> keys(String text, Optional<String> passphrase) {
        try {
            var pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("private_key"),
                    new ByteArrayInputStream(text.strip().concat("\n").getBytes(StandardCharsets.UTF_8)),
                    passphrase.map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY));
            if (pairs != null && pairs.iterator().hasNext()) {
                return StreamSupport.stream(pairs.spliterator(), false).toList();
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw noKey(); // the cause may repeat what was given
        }
        throw noKey();
    }

    private static ApiException noKey() {
        return ApiException.badRequest(
                "The private_key cannot be read: it must be the text of a key in OpenSSH's form or PEM, and the"
                        + " password its passphrase when it is encrypted.");
    }

    private static String fingerprint(String text) {
        String base64 = text.strip().replaceFirst("(?i)^SHA256:", "").replaceFirst("=+$", "");
        if (!base64.matches("[A-Za-z0-9+/]{43}")) {
            throw ApiException.badRequest(
                    "The host_fingerprint must be SHA256: and 43 characters, as ssh-keygen -l prints it.");
        }
        return "SHA256:" + base64;
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return username;
    }
}
