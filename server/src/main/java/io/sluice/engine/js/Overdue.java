package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs that did not end though their limit is over: their thread cannot be freed (in a call of the platform that never ends; in a
 * recursion that catches its own stack overflows, since a cancel needs stack too). It gets a successor and ends with its run. There
 * are as many successors as slots at most; further ones come when a thread is freed. Thread-safe.
 */
final class Overdue {
    private final int slots;
    private final Runnable startThread;
    private final Queue<Job> jobs = new ArrayDeque<>();
    private int replaced;

    Overdue(int slots, Runnable startThread) {
        this.slots = slots;
        this.startThread = startThread;
    }

    synchronized void add(Job job) {
        jobs.add(job);
        replace();
    }

    /** A thread whose run was overdue is free at last, and ends. */
    synchronized void freed() {
        replaced--;
        replace();
    }

    private void replace() {
        while (replaced < slots) {
            @Nullable Job next = jobs.poll();
            if (next == null) {
                return;
            }
            if (next.leftBehind()) {
                replaced++;
                startThread.run();
            }
        }
    }
}
