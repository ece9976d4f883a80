package io.sluice.service.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A body that has to be there in time: the time limit of the HTTP client ends with the headers. Read by one thread. */
final class TimedBody extends FilterInputStream {
    /** Alarms that are called off are gone at once, and the bodies with them. */
    static final ScheduledThreadPoolExecutor ALARMS = alarms();

    final ScheduledFuture<?> alarm;
    private volatile boolean late;

    TimedBody(InputStream body, Duration limit) {
        super(body);
        this.alarm = ALARMS.schedule(this::ring, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("remote-time-limits").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /** Closing may block on the far side; other alarms do not wait for it. */
    private void ring() {
        late = true;
        Thread.startVirtualThread(() -> Exchange.closeQuietly(in));
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
