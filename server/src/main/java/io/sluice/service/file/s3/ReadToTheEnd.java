package io.sluice.service.file.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The SDK closes an answer when it has understood it, often just before its end. What little is left is read, so that the connection can
 * be used again.
 */
final class ReadToTheEnd extends FilterInputStream {
    private static final int LITTLE = 1024;

    private boolean closed;

    ReadToTheEnd(InputStream in) {
        super(in);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            in.readNBytes(LITTLE);
        } catch (IOException e) {
            // nobody wanted the rest
        } finally {
            in.close();
        }
    }
}
