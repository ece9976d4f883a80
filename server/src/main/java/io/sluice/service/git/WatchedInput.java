package io.sluice.service.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells its exchange what comes in, and ends when that is too much or too late. */
final class WatchedInput extends FilterInputStream {
    private final GitExchange exchange;

    WatchedInput(InputStream in, GitExchange exchange) {
        super(in);
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        exchange.received(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        exchange.received(Math.max(read, 0));
        return read;
    }
}
