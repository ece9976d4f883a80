package io.sluice.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How Git names a file's content: the hash of {@code blob LENGTH\0} and its bytes. Pure. */
final class BlobId {
    private static final int SHA1_DIGITS = 40;

    private BlobId() {}

    /** Whether that id, of a repository with SHA-1 or SHA-256, is the one of that text. */
    static boolean is(String id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = digest(id.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256");
        digest.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes)).equals(id);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }
}
