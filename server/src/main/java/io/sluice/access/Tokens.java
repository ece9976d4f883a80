package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sluice.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.SecretKey;

/**
 * Session tokens: JWTs signed with HS256, valid for 24 hours, to be exchanged for a new one up to 14 days after their issue.
 * Verified ones are remembered, at most 10,000. Thread-safe.
 */
final class Tokens {
    static final Duration LIFE = Duration.ofHours(24);
    static final Duration REFRESH_WINDOW = Duration.ofDays(14);
    private static final int LONGEST = 4096;
    private final SecretKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Token> verified =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /** The key has 256 bits. The JWT library is asked for first when there is a token: it takes long to load. */
    Tokens(SecretKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param id its own
     * @param app the app that it dies with
     */
    record Token(String id, long person, Instant issued, Instant expires, String fingerprint, OptionalLong app) {
        Instant refreshableUntil() {
            return issued.plus(REFRESH_WINDOW);
        }
    }

    String issue(People.Entry person, OptionalLong app) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("sluice")
                .subject(md5(person.person().email().toLowerCase(Locale.ROOT)))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(HexFormat.of().formatHex(id))
                .claim("user_id", person.person().id())
                .claim("forever", false)
                .claim("fpr", person.fingerprint());
        app.ifPresent(number -> claims.claim("app_id", number));
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
        return token.serialize();
    }

    /** Reads a token and checks its signature, not its age. Anything that is not ours is a 401. */
    Token verify(String text) {
        Token known = verified.getIfPresent(text);
        if (known != null) {
            return known;
        }
        Token read = read(text);
        verified.put(text, read);
        return read;
    }

    private Token read(String text) {
        if (text.length() > LONGEST) {
            throw invalid("it is too long.");
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(new MACVerifier(key))) {
                throw invalid("its signature does not hold.");
            }
            return token(token.getJWTClaimsSet());
        } catch (ParseException | IllegalArgumentException e) {
            throw invalid("it is not a JSON web token.");
        } catch (JOSEException e) {
            throw invalid("its signature cannot be checked.");
        }
    }

    private static Token token(JWTClaimsSet claims) throws ParseException {
        Long person = claims.getLongClaim("user_id");
        Long app = claims.getLongClaim("app_id");
        String fingerprint = claims.getStringClaim("fpr");
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        String id = claims.getJWTID();
        if (person == null || fingerprint == null || issued == null || expires == null || id == null) {
            throw invalid("it lacks what a session token has.");
        }
        return new Token(
                id,
                person,
                issued.toInstant(),
                expires.toInstant(),
                fingerprint,
                app == null ? OptionalLong.empty() : OptionalLong.of(app));
    }

    static ApiException invalid(String why) {
        return ApiException.unauthorized("Invalid token: " + why);
    }

    /** Clients know the subject of a token in this form; nothing relies on it here. */
    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every JDK", e);
        }
    }
}
