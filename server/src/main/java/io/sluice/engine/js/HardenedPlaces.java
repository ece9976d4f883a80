package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hardened contexts of one script, each used for one run after the other ({@code isolation: auto}); a new context wherever there
 * is none. The first runs of a script are in new contexts, which are looked at afterwards: a script that changes the language's
 * own objects, which it may, never gets a hardened one. No run waits for one to be made.
 */
final class HardenedPlaces implements Isolation, MadeAhead {
    /** Runs that must leave the language's own objects alone, before a hardened context is made. */
    private static final int TRIALS = 3;

    /** Looks that may come to nothing before no more is taken. */
    private static final int MOST_CUT_SHORT = 5;

    private final JsRuntime runtime;
    private final Script script;
    private final NewContextEachRun otherwise;
    private final ArrayDeque<Place> ready = new ArrayDeque<>();
    private int trials;
    private int cutShort;
    private boolean refused;
    private int made;
    private boolean wanted;
    private boolean closed;
    private volatile long lastRun = System.nanoTime();

    HardenedPlaces(JsRuntime runtime, Script script, NewContextEachRun otherwise) {
        this.runtime = runtime;
        this.script = script;
        this.otherwise = otherwise;
    }

    @Override
    public Place enter() {
        lastRun = System.nanoTime();
        boolean ask;
        synchronized (ready) {
            @Nullable Place place = ready.poll();
            if (place != null) {
                return place;
            }
            ask = wanting() && !wanted;
            wanted |= ask;
        }
        if (ask) {
            runtime.maker().fill(this);
        }
        return otherwise.enter();
    }

    private boolean wanting() {
        return !closed
                && !refused
                && trials >= TRIALS
                && made < runtime.settings().slots();
    }

    /** Called by the maker: makes one; more are asked for when they are missed. */
    @Override
    public void fill() {
        synchronized (ready) {
            wanted = false;
            if (!wanting() || !runtime.reserveHardened()) {
                return;
            }
            made++;
        }
        boolean kept = false;
        try {
            kept = offer(Place.hardened(runtime, script));
        } finally {
            if (!kept) {
                gone();
            }
        }
    }

    private boolean offer(Place place) {
        synchronized (ready) {
            if (!closed && !refused) {
                // The one used last is the one most likely known to the caches.
                ready.push(place);
                return true;
            }
        }
        place.close();
        return false;
    }

    private void gone() {
        synchronized (ready) {
            made--;
        }
        runtime.releaseHardened();
    }

    @Override
    public void leave(Place place) {
        if (!place.isHardened()) {
            tried(place);
            otherwise.leave(place);
            return;
        }
        if (place.complained()) {
            refuse();
        }
        boolean renewed = place.renewed();
        if (!renewed) {
            place.close();
        }
        if (!renewed || !offer(place)) {
            gone();
        }
    }

    private void tried(Place place) {
        synchronized (ready) {
            if (refused || trials >= TRIALS || !place.rested()) {
                return;
            }
        }
        Optional<Untouched> untouched = runtime.untouched();
        if (untouched.isEmpty()) {
            return;
        }
        Place.Look look = place.leftAllUntouched(untouched.get());
        synchronized (ready) {
            switch (look) {
                case UNTOUCHED -> trials++;
                case CHANGED -> refused = true;
                case CUT_SHORT -> {
                    cutShort++;
                    refused |= cutShort == MOST_CUT_SHORT;
                }
            }
        }
    }

    private void refuse() {
        synchronized (ready) {
            refused = true;
        }
        empty();
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
            gone();
        }
    }

    @Override
    public boolean emptiedWhenIdle(long now) {
        if (now - lastRun < runtime.settings().idleMillis() * 1_000_000) {
            return false;
        }
        empty();
        synchronized (ready) {
            // One that a long run is in comes back later.
            return made == 0;
        }
    }

    @Override
    public int readyCount() {
        synchronized (ready) {
            return ready.size();
        }
    }

    @Override
    public void close() {
        synchronized (ready) {
            closed = true;
        }
        empty();
        otherwise.close();
    }
}
