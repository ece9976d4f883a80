package io.sluice.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Keys derived by HKDF-SHA256 from the one secret of this installation, and encryption at rest with AES-256-GCM. Stored form:
 * {@code enc:1:} and Base64 of 12 bytes of nonce followed by the sealed text. Thread-safe.
 */
public final class Secrets {
    private static final String PREFIX = "enc:1:";
    private static final int NONCE = 12;
    private final byte[] master;
    private final SecretKey atRest;
    private final SecureRandom random = new SecureRandom();

    /** From the value of {@code SLUICE_SECRET_KEY}, any text of 16 characters or more. */
    public Secrets(String masterKey) {
        if (masterKey.length() < 16) {
            throw new IllegalArgumentException("SLUICE_SECRET_KEY needs at least 16 characters");
        }
        this.master = masterKey.getBytes(StandardCharsets.UTF_8);
        this.atRest = subkey("config at rest", "AES");
    }

    /** A 256-bit key for that purpose, always the same for the same secret. */
    public SecretKey subkey(String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(master)
                                    .thenExpand(("sluice/" + purpose).getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of every JDK 25", e);
        }
    }

    public String seal(String text) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, atRest, new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /** What {@link #seal} made. A wrong key or changed text is an {@link IllegalStateException} that says so. */
    public String open(String stored) {
        if (!stored.startsWith(PREFIX)) {
            throw new IllegalStateException("this value was never sealed");
        }
        try {
            byte[] all = Base64.getDecoder().decode(stored.substring(PREFIX.length()));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, atRest, new GCMParameterSpec(128, all, 0, NONCE));
            return new String(cipher.doFinal(all, NONCE, all.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a stored credential cannot be opened: SLUICE_SECRET_KEY is not the one it was sealed with", e);
        }
    }
}
