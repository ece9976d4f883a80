package io.sluice.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request body: raw bytes that are decoded on first use, or data that never was text (a call made by a script).
 * Payloads are maps, lists, strings, numbers (whole ones as Integer, Long or BigInteger, others as BigDecimal),
 * booleans and null. Confined to the thread of its call.
 */
public final class Body {
    public static final Body NONE = new Body(new byte[0], "", null, true);

    private final byte[] bytes;
    private final String contentType;
    private @Nullable Object payload;
    private boolean decoded;

    private Body(byte[] bytes, String contentType, @Nullable Object payload, boolean decoded) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.payload = payload;
        this.decoded = decoded;
    }

    public static Body raw(byte[] bytes, String contentType) {
        return bytes.length == 0 ? NONE : new Body(bytes, contentType, null, false);
    }

    /** A payload that needs no decoding. */
    public static Body of(@Nullable Object payload) {
        return new Body(new byte[0], "application/json", payload, true);
    }

    /** The decoded payload, null when there is no body. Malformed text is an {@link ApiException} with status 400. */
    public @Nullable Object payload() {
        if (!decoded) {
            payload = PayloadReader.read(bytes, contentType);
            decoded = true;
        }
        return payload;
    }

    /** The bytes as they came; empty for data that never was text. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes as UTF-8 text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The content type as sent, empty when none was. */
    public String contentType() {
        return contentType;
    }

    public boolean isEmpty() {
        return bytes.length == 0 && (!decoded || payload == null);
    }
}
