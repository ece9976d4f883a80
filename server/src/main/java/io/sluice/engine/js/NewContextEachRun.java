package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A new context for each run; made ahead while the script is hot, so that the call that runs it does not wait for that. */
final class NewContextEachRun implements Isolation, MadeAhead {
    private static final long SECOND = 1_000_000_000L;

    private final JsRuntime runtime;
    private final Script script;
    private final ArrayDeque<Place> ready = new ArrayDeque<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private long windowBegan = System.nanoTime();
    private int runsInWindow;
    private int ahead;
    private volatile long lastRun;
    private boolean closed;

    NewContextEachRun(JsRuntime runtime, Script script) {
        this.runtime = runtime;
        this.script = script;
    }

    @Override
    public Place enter() {
        return enter(runtime.settings().prefab());
    }

    /** @param most how many to make ahead, if the script is hot: fewer when others will soon take over */
    Place enter(int most) {
        boolean hot;
        @Nullable Place place;
        synchronized (ready) {
            hot = counted() && most > 0;
            ahead = Math.min(most, runtime.settings().prefab());
            place = ready.poll();
        }
        if (hot && !asked.getAndSet(true)) {
            runtime.maker().fill(this);
        }
        return place != null ? place : Place.forOneRun(runtime, script);
    }

    private boolean counted() {
        long now = System.nanoTime();
        lastRun = now;
        if (now - windowBegan > SECOND) {
            windowBegan = now;
            runsInWindow = 0;
        }
        runsInWindow++;
        return !closed && runsInWindow > runtime.settings().hotRunsPerSecond();
    }

    /** Called by the maker: fills up. */
    @Override
    public void fill() {
        asked.set(false);
        while (wanting()) {
            Place place = Place.forOneRun(runtime, script);
            if (!offer(place)) {
                place.close();
            }
        }
    }

    private boolean wanting() {
        synchronized (ready) {
            return !closed && ready.size() < ahead;
        }
    }

    private boolean offer(Place place) {
        synchronized (ready) {
            return !closed && ready.offer(place);
        }
    }

    @Override
    public boolean emptiedWhenIdle(long now) {
        if (now - lastRun < runtime.settings().idleMillis() * 1_000_000) {
            return false;
        }
        empty();
        return true;
    }

    private void empty() {
        while (true) {
            @Nullable Place place;
            synchronized (ready) {
                place = ready.poll();
            }
            if (place == null) {
                return;
            }
            place.close();
        }
    }

    @Override
    public int readyCount() {
        synchronized (ready) {
            return ready.size();
        }
    }

    @Override
    public void leave(Place place) {
        place.close();
    }

    @Override
    public void close() {
        synchronized (ready) {
            closed = true;
        }
        empty();
    }
}
