package io.sluice.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Reads a body, unpacked, up to the largest size. */
final class BodyReader {
    static final int MOST_BYTES = 16 << 20;

    private BodyReader() {}

    /** There is more of it than is taken. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the answer is larger than the " + (MOST_BYTES >> 20) + " MiB that are taken");
        }
    }

    /** @param coding the value of Content-Encoding */
    static byte[] read(InputStream wire, String coding) throws IOException {
        try (InputStream in = unpacked(wire, coding.strip().toLowerCase(Locale.ROOT))) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new TooLarge();
            }
            return body;
        }
    }

    static boolean unpacks(String coding) {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip", "deflate" -> true;
            default -> false;
        };
    }

    /** An empty body is empty, whatever it is said to be packed with. */
    private static InputStream unpacked(InputStream wire, String coding) throws IOException {
        java.io.PushbackInputStream in = new java.io.PushbackInputStream(wire);
        int first = unpacks(coding) ? in.read() : -1;
        if (first < 0) {
            return in;
        }
        in.unread(first);
        return coding.equals("deflate") ? new InflaterInputStream(in) : new GZIPInputStream(in);
    }
}
