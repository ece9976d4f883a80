package io.sluice.service.file.object;

import io.sluice.api.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room for the parts of all uploads together, so that many slow callers cannot fill the heap. Who finds none waits for others to end, in
 * the order of coming; after a while that is a 503, and nothing was stored.
 */
final class PartRoom {
    private static final int MEGABYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RETRY_SECONDS = 10;

    /** A quarter of the heap, at least three parts of the usual size. */
    static final PartRoom OF_HEAP = new PartRoom(
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 4 / MEGABYTE, 3 * (Parts.BYTES / MEGABYTE), 4096),
            PATIENCE);

    private final int all;
    private final Duration patience;
    private final Semaphore free;

    /** @param megabytes of all parts that are in memory at a time */
    PartRoom(int megabytes, Duration patience) {
        this.all = megabytes;
        this.patience = patience;
        this.free = new Semaphore(megabytes, true);
    }

    /** Takes room for so many bytes; a part larger than all of it takes all. Answers what is to be given back. */
    int take(long bytes) {
        int megabytes = (int) Math.clamp((bytes + MEGABYTE - 1) / MEGABYTE, 1, all);
        try {
            if (free.tryAcquire(megabytes, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return megabytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiException.unavailable(
                "too_many_uploads",
                "Too many uploads to object stores are under way; nothing was stored. Try again in " + RETRY_SECONDS
                        + " s.",
                RETRY_SECONDS,
                null);
    }

    void giveBack(int megabytes) {
        free.release(megabytes);
    }
}
