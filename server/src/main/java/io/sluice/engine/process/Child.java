package io.sluice.engine.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A started program with everything that it started itself. Thread-safe, except that each stream is for one thread. */
public final class Child implements AutoCloseable {
    private static final long END_MILLIS = 2_000;

    private final Process process;
    private final boolean ownProcesses;
    private final Optional<WayOut.Door> door;
    private final Runnable after;
    private final Tail tail;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param after runs once, when it has ended: gives back what was made for it */
    Child(Process process, boolean ownProcesses, Optional<WayOut.Door> door, Runnable after) {
        this.process = process;
        this.ownProcesses = ownProcesses;
        this.door = door;
        this.after = after;
        this.tail = Tail.of(process.getErrorStream(), "stderr-" + process.pid());
        process.onExit().thenRun(this::gone);
    }

    private void gone() {
        if (!ended.getAndSet(true)) {
            door.ifPresent(WayOut.Door::close);
            after.run();
        }
    }

    /** Its standard output. */
    public InputStream out() {
        return process.getInputStream();
    }

    /** Its standard input. */
    public OutputStream in() {
        return process.getOutputStream();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of the outermost process; what runs the program is below it. */
    public long pid() {
        return process.pid();
    }

    /** Whether it sees only processes that it started itself. */
    public boolean ownProcesses() {
        return ownProcesses;
    }

    /** What it last wrote to its standard error, for messages; all of it once it has ended, up to 4 KB. */
    public String said() {
        if (!isAlive()) {
            try {
                tail.await(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return tail.text();
    }

    /** Memory and CPU time of it and everything that it started. */
    public Usage usage() {
        return Usage.of(process.pid());
    }

    /** Memory that belongs to what stands beside the program, and not to it. */
    long besideBytes() {
        return door.isPresent() ? Forwarder.OWN_BYTES : 0;
    }

    /** Opens its way out, if it has one. */
    void letOut() {
        door.ifPresent(WayOut.Door::open);
    }

    /** Shuts its way out. */
    void keepIn() {
        door.ifPresent(WayOut.Door::shut);
    }

    /** Ends it and everything that it started, at once. */
    public void kill() {
        if (!ownProcesses) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    /** Waits for its end; false when the time is over first. */
    public boolean awaitEnd(long millis) {
        try {
            boolean over = process.waitFor(millis, TimeUnit.MILLISECONDS);
            if (over) {
                gone();
            }
            return over;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Its exit status; call it only when it has ended. */
    public int status() {
        return process.exitValue();
    }

    /** Kills it, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        awaitEnd(END_MILLIS);
    }
}
