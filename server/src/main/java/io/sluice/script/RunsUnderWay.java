package io.sluice.script;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls have scripts that run or wait for a thread. Beyond the bound nobody waits: a call that would be answered too late is
 * refused before anything of it is done. A call comes in once, with all its scripts and nested calls. Thread-safe.
 */
final class RunsUnderWay {
    private final int most;
    private final AtomicInteger now = new AtomicInteger();

    /** How a call stands. */
    enum Entry {
        /** It came in, and whoever asked must say when it leaves. */
        NOW,
        BEFORE,
        /** There are too many already. */
        FULL
    }

    RunsUnderWay(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    Entry enter(RunScope scope) {
        if (!scope.pins().admit()) {
            return Entry.BEFORE;
        }
        if (now.incrementAndGet() <= most) {
            return Entry.NOW;
        }
        leave(scope);
        return Entry.FULL;
    }

    void leave(RunScope scope) {
        now.decrementAndGet();
        scope.pins().dismiss();
    }
}
