package io.sluice.service.file.connected;

import java.io.IOException;
import java.io.InputStream;

/** A file on its way from a server. Holds its connection until it is closed. */
final class Download extends InputStream {
    private final InputStream content;
    private final Lease lease;

    Download(InputStream content, Lease lease) {
        this.content = content;
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
            return content.read(buffer, offset, length);
        } catch (IOException e) {
            throw ConnectedStore.said(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            content.close();
        } finally {
            lease.close();
        }
    }
}
