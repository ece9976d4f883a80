package io.sluice.engine.process;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one program, started when needed and kept for its next run. Never shared between programs. Thread-safe.
 *
 * @param <W> a worker; closing it ends its process
 */
public final class WorkerPool<W extends WorkerPool.Worker> implements AutoCloseable {
    /** A run that a script's own call led to may need one more while all are taken by its callers. */
    private static final int EXTRA = 8;

    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    /** Serves one run at a time. */
    public interface Worker extends AutoCloseable {
        boolean isAlive();

        @Override
        void close();
    }

    private final Places places;
    private final int most;
    private final Supplier<W> start;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Idle<W>> idle = new ArrayDeque<>();
    private int count;
    private boolean closed;

    private record Idle<W>(W worker, long since) {}

    /** What a look at the pool gave: a worker, or the right to start one, or neither. */
    private record Turn<W>(@Nullable W worker, boolean place) {}

    /** @param most workers of this pool at the same time */
    public WorkerPool(Places places, int most, Supplier<W> start) {
        this.places = places;
        this.most = most;
        this.start = start;
        places.opened(this);
    }

    public int most() {
        return most;
    }

    /**
     * A worker for one run, to be given back or discarded.
     *
     * @param nested the run serves a call of a script: then nothing is waited for, since its caller may hold what is waited for
     * @return empty when none was free in time, or the pool is closed
     */
    public Optional<W> take(long deadlineNanos, boolean nested) {
        while (true) {
            Turn<W> turn = nested ? now(most + EXTRA) : awaited(deadlineNanos);
            if (turn.place()) {
                return inTime(started(), deadlineNanos);
            }
            @Nullable W worker = turn.worker();
            if (worker == null || worker.isAlive()) {
                return Optional.ofNullable(worker);
            }
            discard(worker);
        }
    }

    /** One whose start outlasted its caller's time has begun nothing, and serves the next run. */
    private Optional<W> inTime(W worker, long deadlineNanos) {
        if (deadlineNanos - System.nanoTime() > 0) {
            return Optional.of(worker);
        }
        giveBack(worker);
        return Optional.empty();
    }

    private Turn<W> now(int most) {
        lock.lock();
        try {
            return look(most);
        } finally {
            lock.unlock();
        }
    }

    private Turn<W> awaited(long deadlineNanos) {
        lock.lock();
        try {
            while (true) {
                Turn<W> turn = look(most);
                long left = deadlineNanos - System.nanoTime();
                if (turn.place() || turn.worker() != null || left <= 0 || closed) {
                    return turn;
                }
                // Places of other pools become free without a word to this one.
                changed.await(Math.min(left, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Turn<>(null, false);
        } finally {
            lock.unlock();
        }
    }

    private Turn<W> look(int most) {
        Idle<W> last = closed ? null : idle.pollFirst();
        if (last != null) {
            return new Turn<>(last.worker(), false);
        }
        if (closed || count >= most || !places.enter()) {
            return new Turn<>(null, false);
        }
        count++;
        return new Turn<>(null, true);
    }

    /** Holds a place already. */
    private W started() {
        try {
            return start.get();
        } catch (RuntimeException | Error e) {
            left();
            throw e;
        }
    }

    /** It can serve another run. */
    public void giveBack(W worker) {
        lock.lock();
        try {
            if (!closed && count <= most && worker.isAlive()) {
                idle.addFirst(new Idle<>(worker, System.nanoTime()));
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(worker);
    }

    /** It cannot serve another run: ends it. */
    public void discard(W worker) {
        worker.close();
        left();
    }

    private void left() {
        lock.lock();
        try {
            count--;
            changed.signal();
        } finally {
            lock.unlock();
        }
        places.leave();
    }

    /** Starts one ahead when none idles, so that the next run need not wait for that. */
    private void startAhead() {
        Turn<W> turn = now(most);
        if (turn.place()) {
            giveBack(started());
        } else if (turn.worker() != null) {
            giveBack(turn.worker());
        }
    }

    /** The same, but nobody waits for it. */
    public void startAheadMeanwhile() {
        Thread.startVirtualThread(() -> {
            try {
                startAhead();
            } catch (IllegalStateException | UncheckedIOException e) {
                // The server is being stopped, or the next run finds the same and tells.
            }
        });
    }

    /** The one that idles longest; false when none does. Never waits for this pool. */
    boolean endOneIdle() {
        if (!lock.tryLock()) {
            return false;
        }
        Idle<W> last;
        try {
            last = idle.pollLast();
        } finally {
            lock.unlock();
        }
        if (last == null) {
            return false;
        }
        discard(last.worker());
        return true;
    }

    void endIdleSince(long nanos) {
        List<W> old = new ArrayList<>();
        lock.lock();
        try {
            for (Idle<W> last = idle.peekLast(); last != null && last.since() - nanos < 0; last = idle.peekLast()) {
                old.add(idle.removeLast().worker());
            }
        } finally {
            lock.unlock();
        }
        old.forEach(this::discard);
    }

    /** Workers that are there, busy or not. */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Ends those that idle; those that serve a run end with it. */
    @Override
    public void close() {
        List<W> old;
        lock.lock();
        try {
            closed = true;
            old = idle.stream().map(Idle::worker).toList();
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        old.forEach(this::discard);
        places.closed(this);
    }
}
