package io.sluice.service.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The record at the end of every zip archive (APPNOTE 4.3.16): without it, or with another count in it, the archive is not whole. */
final class ZipEnd {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int COUNT_AT = 10;

    private ZipEnd() {}

    /** Whether the archive says that it has so many entries; from 65,535 on it says so elsewhere, which is not looked at. */
    static boolean counts(Path file, int entries) throws IOException {
        ByteBuffer end = ByteBuffer.wrap(tail(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = end.limit() - LENGTH; at >= 0; at--) {
            if (end.getInt(at) == SIGNATURE) {
                int count = end.getShort(at + COUNT_AT) & 0xffff;
                return count == entries || count == 0xffff;
            }
        }
        return false;
    }

    private static byte[] tail(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(in.length(), LENGTH + LONGEST_COMMENT)];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            return tail;
        }
    }
}
