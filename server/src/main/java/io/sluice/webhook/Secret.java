package io.sluice.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a host and this server know, and nobody else. It judges proofs and is never given out; every comparison takes the same time however
 * much of the proof is right. A test holds that nothing in here compares in another way. Immutable.
 */
final class Secret {
    private static final String HMAC = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    Secret(String text) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether that is the HMAC-SHA256 of the body, in hexadecimal digits of either case. */
    boolean signed(String digits, byte[] body) {
        try {
            return MessageDigest.isEqual(hmac(body), HEX.parseHex(digits));
        } catch (IllegalArgumentException notHexadecimal) {
            return false;
        }
    }

    /** Whether that is the secret itself. Digests are compared, so that not even its length shows. */
    boolean is(String token) {
        return MessageDigest.isEqual(sha256(bytes), sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
