package io.sluice.service.file.sftp;

import io.sluice.api.ApiException;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;

/** Which key a server must show before anything is sent to it (decision 027). */
sealed interface HostKeys {
    boolean accept(PublicKey shown);

    /** What is set decides; a text that can be no fingerprint is a 400. */
    static HostKeys of(Optional<String> config) {
        String text = config.map(String::strip).orElse("");
        if (text.isEmpty()) {
            return new None();
        }
        return text.equalsIgnoreCase("any") ? new Any() : fingerprint(text);
    }

    private static HostKeys fingerprint(String text) {
        String hex = text.replaceFirst("(?i)^MD5:", "").replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{32}")) {
            return new Md5(hex);
        }
        String base64 = text.replaceFirst("(?i)^SHA256:", "").replaceFirst("=+$", "");
        if (base64.matches("[A-Za-z0-9+/]{43}")) {
            return new Sha256(base64);
        }
        throw ApiException.badRequest(
                "The config's 'host_fingerprint' must be SHA256: and 43 characters, as ssh-keygen -l prints it,"
                        + " or 32 hex digits (MD5), or the word any.");
    }

    /** As {@code ssh-keygen -l} prints it. */
    static String sha256(PublicKey key) {
        return fingerprint(BuiltinDigests.sha256, key);
    }

    private static String fingerprint(BuiltinDigests digest, PublicKey key) {
        return String.valueOf(KeyUtils.getFingerPrint(digest, key));
    }

    /** Nothing is known of the server, so nothing is sent to it. */
    record None() implements HostKeys {
        @Override
        public boolean accept(PublicKey shown) {
            return false;
        }
    }

    /** Its administrator takes the risk. */
    record Any() implements HostKeys {
        @Override
        public boolean accept(PublicKey shown) {
            return true;
        }
    }

    /** @param base64 without padding */
    record Sha256(String base64) implements HostKeys {
        @Override
        public boolean accept(PublicKey shown) {
            return sha256(shown).equals("SHA256:" + base64);
        }
    }

    /**
     * The fingerprints of old.
     *
     * @param hex without colons
     */
    record Md5(String hex) implements HostKeys {
        @Override
        public boolean accept(PublicKey shown) {
            return fingerprint(BuiltinDigests.md5, shown).replace(":", "").equalsIgnoreCase("MD5" + hex);
        }
    }
}
