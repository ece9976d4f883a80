package io.sluice.engine.js;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at every run under way every few milliseconds: is it over its time, has its thread allocated too much, has its caller waited
 * long enough? Sleeps when nothing has run for a while, so that an idle server has no ticking thread, and a busy one need not wake
 * it for each run.
 */
final class Watchdog implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long TICK_NANOS = 4_000_000;
    private static final int IDLE_TICKS = 25;

    private final Set<ScriptThread> busy = ConcurrentHashMap.newKeySet();
    private final Set<Job> awaited = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    Watchdog() {
        this.thread = Thread.ofPlatform().daemon().name("script-watchdog").unstarted(this::work);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    /** Bytes that the thread has allocated since its start. */
    static long allocated(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.threadId());
    }

    /** A run begins on the calling script thread. */
    void watch(ScriptThread runner) {
        busy.add(runner);
        wake();
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** The caller of that job is to be woken when that time has come. */
    void wakeAt(long nanos, Job job) {
        job.wakeAt(nanos);
        awaited.add(job);
        wake();
    }

    /** The caller of that job is gone. */
    void forget(Job job) {
        awaited.remove(job);
    }

    /** The outermost run on that thread is over. */
    void forget(ScriptThread runner) {
        busy.remove(runner);
    }

    private void work() {
        int idleTicks = 0;
        while (!closed || !awaited.isEmpty()) {
            idleTicks = isIdle() ? idleTicks + 1 : 0;
            if (idleTicks < IDLE_TICKS) {
                LockSupport.parkNanos(TICK_NANOS);
                look();
            } else {
                sleep();
                idleTicks = 0;
            }
        }
    }

    private boolean isIdle() {
        return busy.isEmpty() && awaited.isEmpty();
    }

    private void look() {
        long now = System.nanoTime();
        for (Job job : awaited) {
            job.wakeIfLate(now);
        }
        for (ScriptThread runner : busy) {
            Watch watch = runner.watch();
            if (watch != null) {
                watch.check(now);
            }
        }
    }

    private void sleep() {
        asleep = true;
        if (isIdle() && !closed) {
            LockSupport.park();
        }
        asleep = false;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
