package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hardened contexts of one script, each used for one run after the other ({@code isolation: auto}); a new context wherever there
 * is none. The first runs of a script are in new contexts, which are looked at afterwards: a script that changes the language's
 * own objects, which it may, never gets a hardened one; nor does one for a while that failed as if for the hardening
 * ({@link Complaints}). No run waits for one to be made.
 */
final class HardenedPlaces implements Isolation, MadeAhead {
    /** New contexts made ahead while hardened ones are on their way. */
    private static final int MADE_AHEAD = 2;

    private final JsRuntime runtime;
    private final Script script;
    private final NewContextEachRun otherwise;
    private final ArrayDeque<Place> ready = new ArrayDeque<>();
    private final Complaints complaints = new Complaints();
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
        boolean apart;
        synchronized (ready) {
            @Nullable Place place = ready.poll();
            if (place != null) {
                return place;
            }
            ask = wanting() && !wanted;
            wanted |= ask;
            apart = refused || complaints.staysApart();
        }
        if (ask) {
            runtime.maker().fill(this);
        }
        return apart ? otherwise.enter() : otherwise.enter(MADE_AHEAD);
    }

    private boolean wanting() {
        return !closed
                && !refused
                && !complaints.apart()
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
            if (!closed && !refused && !complaints.apart()) {
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
        @Nullable String complaint = place.complaint();
        if (complaint != null) {
            heard(complaint);
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
        boolean look;
        synchronized (ready) {
            look = !refused && complaints.looks() && place.rested();
            if (!look && !complaints.looks()) {
                complaints.newContext(place.complaint());
            }
        }
        Optional<Untouched> untouched = look ? runtime.untouched() : Optional.empty();
        if (untouched.isPresent()) {
            Optional<Boolean> same = place.leftAllUntouched(untouched.get());
            synchronized (ready) {
                complaints.newContext(place.complaint());
                if (same.isEmpty()) {
                    complaints.unknown();
                }
                refused |= !same.orElse(true);
            }
            if (!same.orElse(true)) {
                empty();
            }
        }
    }

    private void heard(String complaint) {
        boolean apart;
        synchronized (ready) {
            apart = complaints.hardenedContext(complaint);
        }
        if (apart) {
            empty();
        }
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
