package io.sluice.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Holds back the first 64 KB of a body, so that a small one gets a length and an early error a clean status. A larger one goes on
 * to the stream that {@link Target} opens, 64 KB at a time. So does a slow one: a flush before the deadline does nothing, one after it
 * sends what there is.
 */
final class Spool extends OutputStream {
    private static final int FIRST = 8 << 10;
    private static final int MAX = 64 << 10;

    private final Target target;
    private final long deadlineNanos;
    private byte[] buffer = new byte[FIRST];
    private int size;
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean spilled;

    /** Begins the answer whose length is not known. */
    interface Target {
        OutputStream open() throws IOException;
    }

    /** {@code deadlineNanos}: until when the caller can wait, on the clock of {@link System#nanoTime}. */
    Spool(Target target, long deadlineNanos) {
        this.target = target;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > MAX) {
            spill();
            if (length >= MAX) {
                out.write(bytes, offset, length);
                return;
            }
        }
        if (size + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(MAX, Math.max(size + length, buffer.length * 2)));
        }
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    private void spill() throws IOException {
        if (!spilled) {
            spilled = true;
            out = target.open();
        }
        out.write(buffer, 0, size);
        size = 0;
    }

    @Override
    public void flush() throws IOException {
        if (spilled || System.nanoTime() - deadlineNanos > 0) {
            spill();
            out.flush();
        }
    }

    /** The beginning is on its way: the status can no longer be changed. */
    boolean spilled() {
        return spilled;
    }

    /** All there is, as long as nothing was spilled. */
    ByteBuffer held() {
        return ByteBuffer.wrap(buffer, 0, size);
    }

    /** Sends the rest and ends the body. A body that failed is never closed. */
    @Override
    public void close() throws IOException {
        spill();
        out.close();
    }
}
