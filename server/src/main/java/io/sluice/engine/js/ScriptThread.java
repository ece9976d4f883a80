package io.sluice.engine.js;

import org.jspecify.annotations.Nullable;

/** A thread that runs scripts: a platform thread, since only of those the allocation can be asked. */
final class ScriptThread extends Thread {
    /** Deep enough for a chain of nested runs; only what is used is ever real memory. */
    private static final long STACK_BYTES = 4L << 20;

    private volatile @Nullable Watch watch;

    ScriptThread(Runnable work, int number) {
        super(null, work, "script-" + number, STACK_BYTES, false);
        setDaemon(true);
    }

    /** The script thread that calls this, null on any other thread. */
    static @Nullable ScriptThread current() {
        return Thread.currentThread() instanceof ScriptThread own ? own : null;
    }

    /** The innermost run on this thread. */
    @Nullable
    Watch watch() {
        return watch;
    }

    void watch(@Nullable Watch next) {
        watch = next;
    }
}
