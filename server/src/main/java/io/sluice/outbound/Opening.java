package io.sluice.outbound;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The time of one run: the connections that it has, and what it may still send and receive. Thread-safe. */
final class Opening {
    private final Semaphore places;
    private final AtomicLong bytesLeft;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    Opening(Bounds bounds) {
        this.places = new Semaphore(bounds.connections());
        this.bytesLeft = new AtomicLong(bounds.bytes());
    }

    /** From then on it is closed with the run; one that comes later may ask, and finds the run over. */
    void enter(Passage passage) {
        passages.add(passage);
    }

    void leave(Passage passage) {
        passages.remove(passage);
    }

    /** False when there are as many as there may be; otherwise to be given back. */
    boolean takePlace() {
        return places.tryAcquire();
    }

    void givePlaceBack() {
        places.release();
    }

    /** False when that is more than is left. */
    boolean spend(int bytes) {
        return bytesLeft.addAndGet(-bytes) >= 0;
    }

    /** Whether nothing is left that could be sent. */
    boolean isSpent() {
        return bytesLeft.get() <= 0;
    }

    boolean isOver() {
        return over;
    }

    /** Ends all connections. */
    void end() {
        over = true;
        passages.forEach(Passage::close);
    }
}
