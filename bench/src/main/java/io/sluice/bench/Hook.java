package io.sluice.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook of a Sluice.
 *
 * @param path {@code /hooks/ID}
 */
record Hook(String path, String secret) {
    /** A delivery for the branch {@code main} of that repository, signed. */
    Call delivery(String id, String repository) {
        String body = "{\"id\": \"%s\", \"repository\": \"%s\", \"ref\": \"refs/heads/main\"}".formatted(id, repository);
        return Call.of("POST " + path, "POST", path, "X-Sluice-Signature-256: sha256=" + signature(body), body)
                .answered(202);
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new BenchException("this JDK has no HMAC", e);
        }
    }
}
