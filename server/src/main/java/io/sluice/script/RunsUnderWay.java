package io.sluice.script;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls have a script that runs or waits for a thread. Beyond the bound nobody waits: a call that would be answered too late
 * is refused at once. Scripts of nested calls are not counted: they run on their caller's thread. Thread-safe.
 */
final class RunsUnderWay {
    private final int most;
    private final AtomicInteger now = new AtomicInteger();

    RunsUnderWay(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** False when there are too many already. Whoever came in must leave. */
    boolean enter() {
        if (now.incrementAndGet() <= most) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        now.decrementAndGet();
    }
}
