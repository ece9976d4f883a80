package io.sluice.service.file.connected;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content on its way to a server. Knows how much of it went and whether it was the content that failed, not the connection. */
final class CountedContent extends FilterInputStream {
    private long count;
    private @Nullable IOException failure;

    CountedContent(InputStream content) {
        super(content);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int some = super.read(buffer, offset, length);
            count += Math.max(some, 0);
            return some;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** It is its caller's. */
    @Override
    public void close() {}

    long count() {
        return count;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }
}
