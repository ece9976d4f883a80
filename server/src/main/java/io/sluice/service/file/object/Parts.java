package io.sluice.service.file.object;

import io.sluice.service.file.StoreFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/** Content cut into pieces that fit into memory, so that each can be sent again when a connection breaks off. Holds its room until closed. */
final class Parts implements AutoCloseable {
    /** No store takes parts of less than 5 MiB, but for the last. */
    static final int BYTES = 8 << 20;

    /** No store takes more. */
    static final int MOST = 10_000;

    private static final byte[] NOTHING = {};

    private final InputStream content;
    private final OptionalLong length;
    private final int size;
    private final PartRoom room;
    private final int taken;
    private long read;
    private int count;
    private boolean ended;
    private byte[] current = NOTHING;

    /** @param length in bytes when it is known; parts of very long content are larger */
    Parts(InputStream content, OptionalLong length) {
        this(content, length, PartRoom.OF_HEAP);
    }

    Parts(InputStream content, OptionalLong length, PartRoom room) {
        this.content = content;
        this.length = length;
        this.size = Math.clamp((length.orElse(0) + MOST - 1) / MOST, BYTES, Integer.MAX_VALUE - 8);
        this.room = room;
        this.taken = room.take(Math.min(size, length.orElse(size)));
    }

    /** Reads the next one, in place of the one before; empty when that ended where the content does. */
    void next() throws IOException {
        if (++count > MOST) {
            throw StoreFailure.full(
                    "it takes files of unknown length only up to " + (long) size * MOST + " bytes", null);
        }
        current = NOTHING; // no two of them at once
        byte[] part = read(length.isPresent() ? (int) Math.min(size, length.getAsLong() - read) : size);
        read += part.length;
        ended = part.length < size || (length.isPresent() && read >= length.getAsLong());
        if (ended && length.isPresent() && read < length.getAsLong()) {
            throw new EOFException("the content ended after " + read + " of " + length.getAsLong() + " bytes");
        }
        current = part;
    }

    private byte[] read(int most) throws IOException {
        byte[] part = new byte[most];
        int count = content.readNBytes(part, 0, most);
        return count == most ? part : Arrays.copyOf(part, count);
    }

    /** What was read last. Who sends it does not keep it. */
    byte[] current() {
        return current;
    }

    /** The last part was the last one. */
    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        current = NOTHING;
        room.giveBack(taken);
    }
}
