package io.sluice.service.file.connected;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way from a server. Holds its connection until it is closed. */
final class Download extends FilterInputStream {
    private final Lease lease;

    Download(InputStream content, Lease lease) {
        super(content);
        this.lease = lease;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw ConnectedStore.said(e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            lease.close();
        }
    }
}
