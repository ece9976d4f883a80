package io.sluice.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Of {@link BareCore}: holds the first 64 KB of a body, so that a small one gets a Content-Length; then streams. */
final class BareSpool extends OutputStream {
    private static final int FIRST = 8 << 10;
    private static final int MOST = 64 << 10;

    private final Target target;
    private byte[] held = new byte[FIRST];
    private int count;
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean opened;

    /** Opens the real body; length is -1 where it is not known. */
    interface Target {
        OutputStream open(int length) throws IOException;
    }

    BareSpool(Target target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (count + length > MOST) {
            spill(-1);
            if (length >= MOST) {
                out.write(bytes, offset, length);
                return;
            }
        }
        if (count + length > held.length) {
            held = Arrays.copyOf(held, Math.min(MOST, Math.max(count + length, held.length * 2)));
        }
        System.arraycopy(bytes, offset, held, count, length);
        count += length;
    }

    private void spill(int length) throws IOException {
        if (!opened) {
            out = target.open(length);
            opened = true;
        }
        out.write(held, 0, count);
        count = 0;
    }

    @Override
    public void close() throws IOException {
        spill(count);
        out.close();
    }
}
