package io.sluice.service.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Content that breaks off after so many bytes, as when its sender is gone. */
final class BrokenStream extends InputStream {
    /** The end of it. */
    static final class BrokeOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokeOff() {
            super("the content broke off");
        }
    }

    private int left;

    BrokenStream(int bytes) {
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            throw new BrokeOff();
        }
        int some = Math.min(left, length);
        Arrays.fill(buffer, offset, offset + some, (byte) 'x');
        left -= some;
        return some;
    }
}
