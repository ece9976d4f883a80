package io.sluice.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id hashes in the usual text form, {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. The parameters are the first choice
 * of the OWASP Password Storage Cheat Sheet. Thread-safe; as many at a time as there are processors, since each takes 19 MiB.
 */
final class Passwords {
    /** Characters that a new password needs. */
    static final int SHORTEST = 16;

    private static final int LONGEST = 1024;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";
    private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();
    private static final Semaphore PLACES = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** What an unknown email is held against: no password has it as its hash, and it costs what a real one costs. */
    private static final String NOBODY =
            PREFIX + TO_TEXT.encodeToString(new byte[16]) + "$" + TO_TEXT.encodeToString(new byte[32]);

    private final SecureRandom random = new SecureRandom();

    String hash(String password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return PREFIX + TO_TEXT.encodeToString(salt) + "$" + TO_TEXT.encodeToString(argon(password, salt));
    }

    /** Whether the password fits. Without a stored hash the same work is done and the answer is no. */
    boolean fits(String password, Optional<String> stored) {
        Optional<String> usable = stored.filter(text -> text.startsWith(PREFIX));
        String[] parts = usable.orElse(NOBODY).split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] wanted = Base64.getDecoder().decode(parts[5]);
        boolean same = MessageDigest.isEqual(wanted, argon(password, salt));
        return same && usable.isPresent() && password.length() <= LONGEST;
    }

    /** Adds a problem for a password that may not be set. */
    static void check(String password, Problems problems) {
        if (password.length() < SHORTEST) {
            problems.add("password", "The password field must be at least " + SHORTEST + " characters.");
        }
        if (password.length() > LONGEST) {
            problems.add("password", "The password field must not be longer than " + LONGEST + " characters.");
        }
    }

    private static byte[] argon(String password, byte[] salt) {
        byte[] secret =
                password.substring(0, Math.min(password.length(), LONGEST)).getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[32];
        PLACES.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(secret, hash);
        } finally {
            PLACES.release();
        }
        return hash;
    }
}
