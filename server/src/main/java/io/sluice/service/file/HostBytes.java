package io.sluice.service.file;

import io.sluice.outbound.HostFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of a file that a host sends. That it breaks off is a {@link StoreFailure} like all that a store cannot do. */
public final class HostBytes extends FilterInputStream {
    public HostBytes(InputStream sent) {
        super(sent);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try {
            return in.skip(bytes);
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }
}
