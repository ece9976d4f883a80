package io.sluice.engine.js;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** The thread that makes contexts ahead for hot scripts, one script after the other, and gives them back when these go idle. */
final class PlaceMaker implements AutoCloseable {
    private final LinkedBlockingQueue<MadeAhead> asked = new LinkedBlockingQueue<>();
    private final Set<MadeAhead> filled = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    PlaceMaker() {
        this.thread = Thread.ofPlatform().daemon().name("script-maker").start(this::work);
    }

    void fill(MadeAhead places) {
        asked.add(places);
    }

    private void work() {
        while (!closed) {
            try {
                @Nullable MadeAhead next = filled.isEmpty() ? asked.take() : asked.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    filled.add(next);
                    next.fill();
                }
                long now = System.nanoTime();
                filled.removeIf(places -> places.emptiedWhenIdle(now));
            } catch (InterruptedException e) {
                // Only close() means it.
            } catch (PolyglotException | IllegalStateException e) {
                // The engine was closed meanwhile, or a context could not be made: the next run makes its own and
                // tells.
                filled.removeIf(places -> places.readyCount() == 0);
            }
        }
    }

    /** The one that it makes just now is the last. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
