package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Cell.Failure;
import io.sluice.script.Cell.Reason;
import io.sluice.script.Flight.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the version that a call runs: the one of its release, or what a look at the source comes to. */
final class Loader {
    /** Stored texts need no source to answer, only a compiler; what ends the wait is the time that the script has. */
    private static final Duration NO_SOURCE = Duration.ofHours(1);

    private final Shelf shelf;
    private final Flights flights;
    private final Texts texts;
    private final Observe observe;
    private final ScriptSettings settings;

    Loader(Shelf shelf, Flights flights, Texts texts, Observe observe, ScriptSettings settings) {
        this.shelf = shelf;
        this.flights = flights;
        this.texts = texts;
        this.observe = observe;
        this.settings = settings;
    }

    /** What there is to run. */
    sealed interface Loaded {
        record Ready(Version version) implements Loaded {}

        /** It cannot be loaded and may not be left out. */
        record Unavailable(ApiError error, Map<String, String> headers) implements Loaded {}

        /** It cannot be loaded and its record says that the call goes on without it. */
        record Skip(String why) implements Loaded {}
    }

    Loaded load(Cell cell, ScriptDefinition script, RunScope scope) {
        @Nullable Loaded settled = scope.pins().settled(script.id());
        if (settled != null) {
            return settled;
        }
        Optional<Flight> flight = flights.join(cell, () -> needed(cell));
        Landing landing = flight.map(look -> look.await(
                        script.linked() ? settings.sources().timeout() : NO_SOURCE,
                        Duration.ofMillis(script.timeoutMillis()),
                        scope.deadlineNanos()))
                .orElse(Landing.DONE);
        Release after = shelf.now().release();
        Optional<Version> good = after.version(script.id());
        Loaded loaded = switch (landing) {
            case DONE -> landed(cell, script, good);
            // A stored text has no source: it waits for another look at it, which compiles.
            case SILENT -> script.linked() ? overdue(script, flight.orElseThrow(), good) : unfinished(script, good);
            case UNFINISHED -> unfinished(script, good);
        };
        return scope.pins().pin(script.id(), loaded, after);
    }

    /** A script whose last look failed a moment ago is not looked at again for each call. */
    private boolean needed(Cell cell) {
        if (cell.isGone() || shelf.now().ready(cell.id())) {
            return false;
        }
        @Nullable Failure failure = cell.failure();
        return failure == null || !settings.clock().instant().isBefore(failure.askAgain());
    }

    private Loaded landed(Cell cell, ScriptDefinition script, Optional<Version> good) {
        @Nullable Failure failure = cell.failure();
        if (failure == null && good.isPresent()) {
            return new Loaded.Ready(good.get());
        }
        Instant now = settings.clock().instant();
        Failure why = failure == null ? unreadable("its source was declared old again", now) : failure;
        return OnFailure.decide(script, why, good, now);
    }

    private Loaded overdue(ScriptDefinition script, Flight flight, Optional<Version> good) {
        String why = "no answer within " + settings.sources().timeout().toMillis() + " ms";
        if (flight.firstOverdue()) {
            observe.happened(new Observation.ScriptUnavailable(
                    script.id().toString(), texts.where(script), why, OnFailure.next(script, good)));
        }
        Instant now = settings.clock().instant();
        return OnFailure.decide(script, unreadable(why, now), good, now);
    }

    private Loaded unfinished(ScriptDefinition script, Optional<Version> good) {
        Instant now = settings.clock().instant();
        String why = "it was not compiled within the " + script.timeoutMillis() + " ms that it has";
        return OnFailure.decide(
                script,
                new Failure(Reason.NOT_NOW, why, 1, now.plus(settings.sources().retryPause()), null),
                good,
                now);
    }

    private Failure unreadable(String why, Instant now) {
        return new Failure(
                Reason.UNREADABLE, why, 1, now.plus(settings.sources().retryPause()), null);
    }
}
