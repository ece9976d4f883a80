package io.sluice.engine.php;

import io.sluice.engine.process.Child;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A php of the command line, for one run: slower, where there is no php-fpm. */
final class CliWorker implements PhpWorker {
    private static final int BUFFER = 16 << 10;
    private static final long END_MILLIS = 1_000;
    private static final int SIGNALLED = 128;
    private static final int FATAL = 255;

    private final Child child;
    private final PhpBox box;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private final String mark =
            "#" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE) + "#";
    private final Assembler log = new Assembler(
            mark,
            LONGEST_MESSAGE,
            message -> heard.add(new Heard.Message(message)),
            text -> heard.add(new Heard.Printed(text)));
    private final byte[] buffer = new byte[BUFFER];
    private long came;
    private boolean ended;

    CliWorker(Child child, PhpBox box) {
        this.child = child;
        this.box = box;
    }

    @Override
    public Child child() {
        return child;
    }

    @Override
    public void begin(String work, long memoryBytes, long timeoutMillis) throws IOException {
        try {
            send(EventJson.write(Map.of(
                    "token",
                    mark,
                    "do",
                    work,
                    "file",
                    box.entry().toString(),
                    "memory_limit",
                    (memoryBytes >> 10) + "K")));
        } catch (EventJson.TooDeep e) {
            throw new IOException(e);
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        byte[] length = new byte[Integer.BYTES];
        for (int i = 0; i < Integer.BYTES; i++) {
            length[i] = (byte) (message.length >>> (24 - 8 * i));
        }
        child.in().write(length);
        child.in().write(message);
        child.in().flush();
    }

    @Override
    public void endOfMessages() throws IOException {
        child.in().close();
    }

    @Override
    public Heard hear() throws IOException {
        while (heard.isEmpty()) {
            int got = child.out().read(buffer);
            if (got < 0) {
                return end();
            }
            came += got;
            log.feed(buffer, 0, got);
            if (came > MOST_PRINTED + LONGEST_MESSAGE || log.overflown()) {
                return new Heard.TooMuch();
            }
        }
        return heard.remove();
    }

    /** In order when the script's result came before. */
    private Heard end() throws IOException {
        if (ended) {
            return new Heard.Over();
        }
        ended = true;
        log.end();
        // PHP's own status after a fatal error is 255.
        if (child.awaitEnd(END_MILLIS) && child.status() > SIGNALLED && child.status() < FATAL) {
            throw new EOFException("php was killed");
        }
        Heard next = heard.poll();
        return next == null ? new Heard.Over() : next;
    }

    @Override
    public List<Heard> rest() {
        log.end();
        List<Heard> rest = new ArrayList<>(heard);
        heard.clear();
        return rest;
    }

    @Override
    public boolean reusable() {
        return false;
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public void close() {
        child.close();
    }
}
