package io.sluice.engine.js;

import io.sluice.engine.Limits;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.PlatformCalls.Fetched;
import io.sluice.engine.PlatformCalls.Outward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The {@code fetch} calls of one run. Each is made on a thread of its own, a few at a time; their answers wait in a queue until the
 * script's event loop takes them. Bodies stay here until the script reads them. All but the making is confined to the run's thread.
 */
final class Fetches implements AutoCloseable {
    private static final int AT_ONCE = 6;
    private static final long MOST_HELD = 64L << 20;

    /** An answer that has come. */
    record Arrival(int id, Fetched fetched) {}

    private final PlatformCalls calls;
    private final Limits limits;
    private final Thread script = Thread.currentThread();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<Integer, Thread> underWay = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Arrival> arrived = new ConcurrentLinkedQueue<>();
    private final Map<Integer, byte[]> bodies = new HashMap<>();
    private volatile @Nullable RuntimeException failure;
    private long held;
    private int last;

    Fetches(PlatformCalls calls, Limits limits) {
        this.calls = calls;
        this.limits = limits;
    }

    /** What a call threw that should have answered; it is no fault of the script. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Starts a call; the number by which its answer is known. */
    int start(Outward request) {
        int id = ++last;
        Thread thread = Thread.ofVirtual().name("script-fetch").unstarted(() -> make(id, request));
        underWay.put(id, thread);
        thread.start();
        return id;
    }

    private void make(int id, Outward request) {
        try {
            places.acquire();
            try {
                arrive(id, calls.fetch(request));
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
            arrive(id, new Fetched.Refused("The call failed inside the server."));
        } finally {
            underWay.remove(id);
        }
    }

    /** What comes when the script's time is over never arrives: the run ends by its limit, not by an error that it could catch. */
    private void arrive(int id, Fetched fetched) {
        if (System.nanoTime() - limits.deadlineNanos() < 0) {
            arrived.add(new Arrival(id, fetched));
            LockSupport.unpark(script);
        }
    }

    boolean anyArrived() {
        return !arrived.isEmpty();
    }

    /** The next answer; its body is kept for {@link #take}. Null when none has come. */
    @Nullable
    Arrival next() {
        @Nullable Arrival arrival = arrived.poll();
        if (arrival == null || !(arrival.fetched() instanceof Fetched.Answered answered)) {
            return arrival;
        }
        if (held + answered.body().length > MOST_HELD) {
            return new Arrival(
                    arrival.id(),
                    new Fetched.Refused("The answers that the script has not read yet are larger than "
                            + (MOST_HELD >> 20) + " MiB together."));
        }
        keep(arrival.id(), answered.body());
        return arrival;
    }

    private void keep(int id, byte[] body) {
        held += body.length;
        bodies.put(id, body);
    }

    /** Hands the body over; empty when it was taken before. */
    byte[] take(int id) {
        byte @Nullable [] body = bodies.remove(id);
        if (body == null) {
            return new byte[0];
        }
        held -= body.length;
        return body;
    }

    /** The same body under another number. */
    int copy(int id) {
        byte[] body = bodies.getOrDefault(id, new byte[0]);
        keep(++last, body);
        return last;
    }

    /** Ends a call that the script no longer waits for. */
    void abort(int id) {
        @Nullable Thread thread = underWay.get(id);
        if (thread != null) {
            thread.interrupt();
        }
        take(id);
    }

    /** Ends all that are under way. */
    @Override
    public void close() {
        List<Thread> left = new ArrayList<>(underWay.values());
        left.forEach(Thread::interrupt);
        bodies.clear();
    }
}
