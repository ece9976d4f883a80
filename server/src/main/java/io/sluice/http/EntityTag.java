package io.sluice.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The strong ETag of a body, and whether the caller has that body already. */
final class EntityTag {
    private static final int BYTES = 15;

    private EntityTag() {}

    static String of(ByteBuffer body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.duplicate());
            byte[] hash = digest.digest();
            byte[] some = new byte[BYTES];
            System.arraycopy(hash, 0, some, 0, BYTES);
            return '"' + Base64.getUrlEncoder().encodeToString(some) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same body, coded for the way: another tag, since a strong one stands for its very bytes. */
    static String coded(String tag, String coding) {
        return tag.substring(0, tag.length() - 1) + '-' + coding + '"';
    }

    /** Whether {@code If-None-Match} names one of these. Compared weakly, as that header asks. */
    static boolean matches(String ifNoneMatch, String... tags) {
        for (String part : ifNoneMatch.split(",")) {
            String wanted = part.strip();
            if (wanted.equals("*")) {
                return true;
            }
            String bare = wanted.startsWith("W/") ? wanted.substring(2) : wanted;
            for (String tag : tags) {
                if (bare.equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
