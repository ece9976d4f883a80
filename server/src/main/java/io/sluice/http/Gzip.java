package io.sluice.http;

import io.sluice.api.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compression of answers. */
final class Gzip {
    static final String NAME = "gzip";

    /** Smaller bodies fit into one packet anyhow. */
    static final int WORTHWHILE = 1024;

    private Gzip() {}

    /** Whether {@code Accept-Encoding} takes it. */
    static boolean isAccepted(String acceptEncoding) {
        boolean anything = false;
        for (String part : acceptEncoding.split(",")) {
            MediaType coding = MediaType.of(part);
            boolean wanted = !isZero(coding.parameter("q"));
            if (coding.name().equals(NAME) || coding.name().equals("x-gzip")) {
                return wanted;
            }
            anything |= wanted && coding.name().equals("*");
        }
        return anything;
    }

    private static boolean isZero(String quality) {
        return !quality.isEmpty() && quality.chars().allMatch(c -> c == '0' || c == '.');
    }

    /** Text in the wide sense; pictures and archives are compressed already. */
    static boolean isCompressible(String contentType) {
        String type = MediaType.of(contentType).name().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.endsWith("json")
                || type.endsWith("xml")
                || type.endsWith("javascript")
                || type.endsWith("yaml");
    }

    static OutputStream stream(OutputStream out) throws IOException {
        return new Fast(out);
    }

    static ByteBuffer compress(ByteBuffer body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.remaining() / 3);
        try (OutputStream gzip = new Fast(out)) {
            gzip.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    /**
     * The lowest level: records compress well with it, at a third of the time of the usual one. A flush reaches whoever unpacks.
     */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 8192, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
