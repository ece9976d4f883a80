package io.sluice.http;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The strong ETag of a body, and whether the caller has that body already. */
final class EntityTag {
    private EntityTag() {}

    /** Length and two checksums that the processor computes by itself: 64 bits for a tenth of the time of a hash. */
    static String of(ByteBuffer body) {
        CRC32 first = new CRC32();
        first.update(body.duplicate());
        CRC32C second = new CRC32C();
        second.update(body.duplicate());
        long both = first.getValue() << 32 | second.getValue();
        return '"' + Integer.toHexString(body.remaining()) + '-' + Long.toHexString(both) + '"';
    }

    /** The same body, coded for the way: another tag, since a strong one stands for its very bytes. */
    static String coded(String tag, String coding) {
        return tag.substring(0, tag.length() - 1) + '-' + coding + '"';
    }

    /** Whether {@code If-None-Match} names one of these. Compared weakly, as that header asks. */
    static boolean matches(String ifNoneMatch, String... tags) {
        for (String part : ifNoneMatch.split(",")) {
            String wanted = part.strip();
            if (wanted.equals("*")) {
                return true;
            }
            String bare = wanted.startsWith("W/") ? wanted.substring(2) : wanted;
            for (String tag : tags) {
                if (bare.equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
