package io.sluice.service.file.object;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A download whose failures are said in the store's words, whatever an SDK throws. */
public final class ExplainedStream extends FilterInputStream {
    private final Function<Exception, IOException> explained;

    public ExplainedStream(InputStream in, Function<Exception, IOException> explained) {
        super(in);
        this.explained = explained;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        try {
            return in.read(into, from, most);
        } catch (IOException | RuntimeException e) {
            throw explained.apply(e);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try {
            return in.skip(bytes);
        } catch (IOException | RuntimeException e) {
            throw explained.apply(e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
