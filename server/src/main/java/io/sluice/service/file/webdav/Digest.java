package io.sluice.service.file.webdav;

import io.sluice.service.file.webdav.Challenges.Challenge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers to one challenge of HTTP Digest (RFC 7616, and RFC 2069 where the server asks for no {@code qop}). Thread-safe. */
final class Digest {
    private static final Map<String, String> HASHES = Map.of("", "MD5", "md5", "MD5", "sha-256", "SHA-256");
    private static final SecureRandom CHANCE = new SecureRandom();

    private final Challenge challenge;
    private final String user;
    private final String password;
    private final String hash;
    private final boolean session;
    private final boolean counted;
    private final String ours;
    private final AtomicInteger count = new AtomicInteger();

    Digest(Challenge challenge, String user, String password) {
        this(challenge, user, password, chance());
    }

    /** @param ours the {@code cnonce}: a text of ours that nobody can guess, one for each challenge */
    Digest(Challenge challenge, String user, String password, String ours) {
        this.ours = ours;
        this.challenge = challenge;
        this.user = user;
        this.password = password;
        this.hash = hash(challenge);
        this.session = algorithm(challenge).endsWith("-sess");
        this.counted = !challenge.text("qop").isEmpty();
    }

    /** Whether we know the hash, and need not hash the content. */
    static boolean answers(Challenge challenge) {
        String qop = challenge.text("qop");
        boolean plain = qop.isEmpty() || Arrays.asList(qop.split("[,\\s]+")).contains("auth");
        return plain && !hash(challenge).isEmpty() && !challenge.text("nonce").isEmpty();
    }

    private static String algorithm(Challenge challenge) {
        return challenge.text("algorithm").toLowerCase(Locale.ROOT);
    }

    private static String hash(Challenge challenge) {
        return HASHES.getOrDefault(algorithm(challenge).replaceFirst("-sess$", ""), "");
    }

    private static String chance() {
        byte[] chance = new byte[12];
        CHANCE.nextBytes(chance);
        return HexFormat.of().formatHex(chance);
    }

    private static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    /** The value of {@code Authorization} for a call; another one each time. */
    String header(String method, URI address) {
        String target = target(address);
        String uses = "%08x".formatted(count.incrementAndGet());
        StringBuilder header = new StringBuilder("Digest ");
        quoted(header, "username", user);
        quoted(header, "realm", challenge.text("realm"));
        quoted(header, "nonce", challenge.text("nonce"));
        quoted(header, "uri", target);
        if (challenge.parameters().containsKey("algorithm")) {
            header.append("algorithm=").append(challenge.text("algorithm")).append(", ");
        }
        if (challenge.parameters().containsKey("opaque")) {
            quoted(header, "opaque", challenge.text("opaque"));
        }
        if (counted) {
            header.append("qop=auth, nc=").append(uses).append(", ");
        }
        if (counted || session) {
            quoted(header, "cnonce", ours);
        }
        return header.append("response=\"")
                .append(proof(method + ":" + target, uses))
                .append('"')
                .toString();
    }

    private String proof(String call, String uses) {
        String nonce = challenge.text("nonce");
        String who = hashed(user + ":" + challenge.text("realm") + ":" + password);
        String known = session ? hashed(who + ":" + nonce + ":" + ours) : who;
        String counting = counted ? uses + ":" + ours + ":auth:" : "";
        return hashed(known + ":" + nonce + ":" + counting + hashed(call));
    }

    private static void quoted(StringBuilder header, String name, String value) {
        header.append(name)
                .append("=\"")
                .append(value.replaceAll("([\"\\\\])", "\\\\$1"))
                .append("\", ");
    }

    private String hashed(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
