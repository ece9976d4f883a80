package io.sluice.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request body: raw bytes that are decoded on first use, or data that never was text (a call made by a script). Large bodies are still
 * on their way: they are taken into memory the first time that somebody wants to see them, within a limit, or {@linkplain #stream
 * streamed}.
 * Payloads are maps, lists, strings, numbers (whole ones as Integer, Long or BigInteger, others as BigDecimal),
 * booleans and null. Confined to the thread of its call.
 */
public final class Body {
    private static final byte[] NOTHING = {};
    public static final Body NONE = new Body(null, NOTHING, "", null, true);

    private final @Nullable Arriving arriving;
    private final byte[] bytes;
    private final String contentType;
    private @Nullable Object payload;
    private boolean decoded;

    private Body(
            @Nullable Arriving arriving, byte[] bytes, String contentType, @Nullable Object payload, boolean decoded) {
        this.arriving = arriving;
        this.bytes = bytes;
        this.contentType = contentType;
        this.payload = payload;
        this.decoded = decoded;
    }

    public static Body raw(byte[] bytes, String contentType) {
        return bytes.length == 0 ? NONE : new Body(null, bytes, contentType, null, false);
    }

    /** Bytes that are still on their way; at least one. */
    public static Body arriving(Arriving bytes, String contentType) {
        return new Body(bytes, NOTHING, contentType, null, false);
    }

    /** A payload that needs no decoding. */
    public static Body of(@Nullable Object payload) {
        return new Body(null, NOTHING, "application/json", payload, true);
    }

    /** The decoded payload, null when there is no body. Malformed text is an {@link ApiException} with status 400. */
    public @Nullable Object payload() {
        if (!decoded) {
            payload = PayloadReader.read(bytes(), contentType);
            decoded = true;
        }
        return payload;
    }

    /** The bytes as they came; empty for data that never was text. More than may be held in memory are a 413. */
    public byte[] bytes() {
        return arriving == null ? bytes : arriving.all();
    }

    /** Whether it is no longer than that and may be held in memory. Reads ahead; what was read is not lost. */
    public boolean isWithin(int limit) {
        return arriving == null ? bytes.length <= limit : arriving.within(limit).isPresent();
    }

    /**
     * The bytes, to be read once and by one reader: after that, asking for them in any way is an {@link IllegalStateException}. The
     * stream's failures are {@link BrokenBody}s. Bytes that are in memory already can be streamed again.
     */
    public InputStream stream() {
        return arriving == null ? new ByteArrayInputStream(bytes) : arriving.stream();
    }

    /** The number of bytes, when it is known. */
    public OptionalLong length() {
        return arriving == null ? OptionalLong.of(bytes.length) : arriving.length();
    }

    /** The bytes as UTF-8 text. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The content type as sent, empty when none was. */
    public String contentType() {
        return contentType;
    }

    public boolean isEmpty() {
        return arriving == null && bytes.length == 0 && (!decoded || payload == null);
    }
}
