package io.sluice.script;

import io.sluice.script.Loader.Loaded;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one call and all calls nested in it hold on to: the release, and what came of each script that had to be looked at. So no
 * call sees two versions of a script, nor parts of two releases.
 */
final class Pins {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ScriptId, Loaded> used = new HashMap<>();
    private final int queuedBefore;
    private Snapshot view;
    private @Nullable String token;

    Pins(Snapshot view) {
        this(view, 0);
    }

    /** @param queuedBefore how many jobs, each queued by the one before, led to this */
    Pins(Snapshot view, int queuedBefore) {
        this.view = view;
        this.queuedBefore = queuedBefore;
    }

    int queuedBefore() {
        return queuedBefore;
    }

    Release release() {
        lock.lock();
        try {
            return view.release();
        } finally {
            lock.unlock();
        }
    }

    /** What this call runs for that script; null when its source has to be looked at first. */
    @Nullable
    Loaded settled(ScriptId id) {
        lock.lock();
        try {
            @Nullable Loaded known = used.get(id);
            if (known == null && view.ready(id)) {
                known = new Loaded.Ready(view.release().version(id).orElseThrow());
                used.put(id, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds on to what a look came to. The call moves on to the release of after the look when all that it ran so far is the same
     * there; otherwise it keeps to its own release, which has an older version of the script, if it has one.
     */
    Loaded pin(ScriptId id, Loaded loaded, Release after) {
        lock.lock();
        try {
            Loaded chosen = loaded;
            if (agrees(after)) {
                view = new Snapshot(after, view.due());
            } else if (loaded instanceof Loaded.Ready) {
                chosen = view.release()
                        .version(id)
                        .<Loaded>map(Loaded.Ready::new)
                        .orElse(loaded);
            }
            used.put(id, chosen);
            return chosen;
        } finally {
            lock.unlock();
        }
    }

    private boolean agrees(Release after) {
        return used.entrySet().stream()
                .allMatch(one -> !(one.getValue() instanceof Loaded.Ready(Version version))
                        || after.version(one.getKey()).filter(version::equals).isPresent());
    }

    /** Stands for the caller's credentials in whatever scripts of this call see. */
    String token() {
        lock.lock();
        try {
            if (token == null) {
                token = "run-"
                        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            }
            return token;
        } finally {
            lock.unlock();
        }
    }
}
