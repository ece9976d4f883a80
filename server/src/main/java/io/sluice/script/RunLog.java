package io.sluice.script;

import io.sluice.observe.Observation.ScriptRan;
import io.sluice.observe.Observe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of runs: of each, as long as a script runs at most once a second; else of the last of each second, with a count. The first run
 * of a version is always told of.
 */
final class RunLog {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Observe observe;
    private final Clock clock;
    private final Timetable timetable;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    RunLog(Observe observe, Clock clock, Timetable timetable) {
        this.observe = observe;
        this.clock = clock;
        this.timetable = timetable;
    }

    void ran(ScriptRan run) {
        Window window = windows.computeIfAbsent(run.script(), script -> new Window());
        @Nullable ScriptRan told = window.add(run, clock.instant());
        if (told != null) {
            observe.happened(told);
        } else if (window.firstUntold()) {
            timetable.in(WINDOW, () -> flush(window));
        }
    }

    void forget(ScriptId script) {
        windows.remove(script.toString());
    }

    private void flush(Window window) {
        @Nullable ScriptRan told = window.close(clock.instant());
        if (told != null) {
            observe.happened(told);
        }
    }

    /** The second that began with the last run told of. */
    private static final class Window {
        private Instant begun = Instant.MIN;
        private int untold;
        private int version = -1;
        private @Nullable ScriptRan last;

        /** The run to tell of, or null while this second had one. */
        synchronized @Nullable ScriptRan add(ScriptRan run, Instant now) {
            if (!now.isBefore(begun.plus(WINDOW)) || run.version() != version) {
                return open(run, now);
            }
            untold++;
            last = run;
            return null;
        }

        synchronized boolean firstUntold() {
            return untold == 1;
        }

        /** The last run of the second with the number of those before it, or null when all were told of. */
        synchronized @Nullable ScriptRan close(Instant now) {
            if (last == null) {
                return null;
            }
            untold--;
            return open(last, now);
        }

        private ScriptRan open(ScriptRan run, Instant now) {
            ScriptRan told =
                    new ScriptRan(run.script(), run.version(), run.revision(), run.took(), run.outcome(), untold);
            begun = now;
            version = run.version();
            untold = 0;
            last = null;
            return told;
        }
    }
}
