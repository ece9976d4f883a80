package io.sluice.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Drains what a child writes to its standard error, and keeps the end of it. */
final class Tail {
    private static final int KEPT = 4096;
    private static final int STACK = 128 << 10;

    private final byte[] kept = new byte[KEPT];
    private long seen;
    private final Thread thread;

    private Tail(InputStream in, String name) {
        this.thread = Thread.ofPlatform().daemon().name(name).stackSize(STACK).unstarted(() -> drain(in));
    }

    static Tail of(InputStream in, String name) {
        Tail tail = new Tail(in, name);
        tail.thread.start();
        return tail;
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[KEPT];
        try (in) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                keep(buffer, got);
            }
        } catch (IOException e) {
            // The child is gone; what was read before is all there is.
        }
    }

    private synchronized void keep(byte[] from, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) (seen++ % KEPT)] = from[i];
        }
    }

    /** The last 4 KB at most. */
    synchronized String text() {
        int length = (int) Math.min(seen, KEPT);
        byte[] ordered = new byte[length];
        for (int i = 0; i < length; i++) {
            ordered[i] = kept[(int) ((seen - length + i) % KEPT)];
        }
        return new String(ordered, StandardCharsets.UTF_8).strip();
    }

    /** Waits until the child has closed its end, so that nothing is missing from the text. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
