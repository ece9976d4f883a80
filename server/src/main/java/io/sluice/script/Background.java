package io.sluice.script;

import io.sluice.script.Cell.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks again by itself: after a failure with growing pauses, and at the interval that a record asks for. */
final class Background {
    private final Function<ScriptId, Optional<ScriptDefinition>> definitions;
    private final ScriptSettings settings;
    private final AtomicLong appointments = new AtomicLong();
    private @Nullable Flights flights;

    Background(Function<ScriptId, Optional<ScriptDefinition>> definitions, ScriptSettings settings) {
        this.definitions = definitions;
        this.settings = settings;
    }

    void through(Flights made) {
        this.flights = made;
    }

    /** Makes the one appointment that a script has, in place of an earlier one. */
    void plan(Cell cell) {
        long mine = appointments.incrementAndGet();
        cell.appointment(mine);
        pause(cell).ifPresent(pause -> settings.timetable().in(pause, () -> keep(cell, mine)));
    }

    private Optional<Duration> pause(Cell cell) {
        Optional<ScriptDefinition> script = definitions.apply(cell.id());
        @Nullable Failure failure = cell.failure();
        // A stored text does not change by itself; whether it can be compiled does.
        boolean changes = script.filter(ScriptDefinition::linked).isPresent()
                || failure != null && failure.reason() == Cell.Reason.NOT_NOW;
        if (cell.isGone() || script.isEmpty() || !changes) {
            return Optional.empty();
        }
        if (failure != null) {
            return Optional.of(afterwards(failure));
        }
        OptionalLong poll = script.get().pollSeconds();
        return poll.isPresent() ? Optional.of(Duration.ofSeconds(Math.max(1, poll.getAsLong()))) : Optional.empty();
    }

    private Duration afterwards(Failure failure) {
        Duration pause = settings.sources().backoff().after(failure.count());
        Duration asked = Duration.between(settings.clock().instant(), failure.askAgain());
        return pause.compareTo(asked) > 0 ? pause : asked;
    }

    private void keep(Cell cell, long appointment) {
        if (flights != null && !cell.isGone() && cell.appointment() == appointment) {
            flights.join(cell, () -> cell.appointment() == appointment);
        }
    }
}
