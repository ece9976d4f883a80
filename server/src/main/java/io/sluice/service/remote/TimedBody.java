package io.sluice.service.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A body that has to be there in time: the time limit of the HTTP client ends with the headers. Read by one thread. */
final class TimedBody extends FilterInputStream {
    private final CompletableFuture<Void> alarm;
    private volatile boolean late;

    TimedBody(InputStream body, Duration limit) {
        super(body);
        this.alarm = CompletableFuture.runAsync(
                this::ring, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void ring() {
        late = true;
        Exchange.closeQuietly(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = super.read(into, offset, length);
            if (read < 0 && late) {
                throw new HttpTimeoutException("the body");
            }
            return read;
        } catch (IOException e) {
            throw late ? new HttpTimeoutException("the body") : e;
        }
    }

    @Override
    public void close() throws IOException {
        alarm.cancel(false);
        super.close();
    }
}
