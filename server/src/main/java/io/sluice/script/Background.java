package io.sluice.script;

import io.sluice.script.Cell.Failure;
import io.sluice.script.ScriptDefinition.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks again by itself: after a failure with growing pauses, and at the interval that a record asks for. Scripts of one branch are
 * looked at together, as one release and with one question to their host.
 */
final class Background {
    /** Time for several saves that belong together. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Definitions definitions;
    private final Concern concern;
    private final Cells cells;
    private final ScriptSettings settings;
    private final Map<Place, Round> rounds = new ConcurrentHashMap<>();
    private @Nullable Flights flights;

    Background(Definitions definitions, Concern concern, Cells cells, ScriptSettings settings) {
        this.definitions = definitions;
        this.concern = concern;
        this.cells = cells;
        this.settings = settings;
    }

    void through(Flights made) {
        this.flights = made;
    }

    /** What is looked at together: the scripts of one branch as their records spell it, or one script. */
    private sealed interface Place {
        record OfBranch(Link link) implements Place {}

        record OfScript(ScriptId id) implements Place {}
    }

    /** Notes when a script is to be looked at next, in place of what was noted before. */
    void plan(Cell cell) {
        Optional<ScriptDefinition> script = definitions.find(cell.id());
        Optional<Duration> pause = script.flatMap(known -> pause(cell, known));
        cell.want(pause.map(settings.clock().instant()::plus).orElse(null));
        pause.ifPresent(wait -> appoint(place(script.orElseThrow()), wait));
    }

    /** Those that wait for another script of their branch to become good are looked at soon: it may have become so, or be gone. */
    void reconsider(long serviceId) {
        definitions
                .linked(Optional.of(serviceId))
                .forEach(script -> cells.find(script.id())
                        .filter(cell -> cell.standing().held())
                        .ifPresent(cell -> {
                            cell.want(settings.clock().instant().plus(SOON));
                            appoint(place(script), SOON);
                        }));
    }

    private static Place place(ScriptDefinition script) {
        return script.link()
                .filter(link -> script.linked() && !link.repository().isEmpty())
                .<Place>map(
                        link -> new Place.OfBranch(new Link(link.serviceId(), link.repository(), link.reference(), "")))
                .orElseGet(() -> new Place.OfScript(script.id()));
    }

    private Optional<Duration> pause(Cell cell, ScriptDefinition script) {
        @Nullable Failure failure = cell.failure();
        // A stored text does not change by itself; whether it can be compiled does.
        boolean changes = script.linked() || failure != null && failure.reason() == Cell.Reason.NOT_NOW;
        if (cell.isGone() || !changes) {
            return Optional.empty();
        }
        if (failure != null) {
            return Optional.of(afterwards(failure));
        }
        if (cell.doubt() != null) {
            return Optional.of(Finder.DOUBT);
        }
        if (isLeftOver(cell.standing())) {
            return Optional.of(settings.sources().backoff().after(1));
        }
        OptionalLong poll = script.pollSeconds();
        boolean moves = !Branch.isPinned(script.link().map(Link::reference).orElse(""));
        return poll.isPresent() && moves
                ? Optional.of(Duration.ofSeconds(Math.max(1, poll.getAsLong())))
                : Optional.empty();
    }

    /** Turned down or missing before this server started. */
    private static boolean isLeftOver(Cell.Standing standing) {
        return switch (standing.state()) {
            case REFUSED -> !standing.held();
            case MISSING -> true;
            case LIVE, STALE -> false;
        };
    }

    private Duration afterwards(Failure failure) {
        Duration pause = settings.sources().backoff().after(failure.count());
        Duration asked = Duration.between(settings.clock().instant(), failure.askAgain());
        return pause.compareTo(asked) > 0 ? pause : asked;
    }

    private void appoint(Place place, Duration pause) {
        Instant due = settings.clock().instant().plus(pause);
        rounds.computeIfAbsent(place, unknown -> new Round())
                .earlier(due)
                .ifPresent(number -> settings.timetable().in(pause, () -> keep(place, number)));
    }

    private void keep(Place place, long number) {
        @Nullable Round round = rounds.get(place);
        if (flights != null && round != null && round.begins(number)) {
            Flights through = flights;
            Thread.ofVirtual().name("script-look").start(() -> look(place, through));
        }
    }

    private void look(Place place, Flights through) {
        List<Cell> members = members(place);
        Instant now = settings.clock().instant();
        if (members.stream().anyMatch(cell -> isDue(cell, now))) {
            through.lookNow(members, Manner.AS_ONE_RELEASE);
        } else {
            members.stream()
                    .map(Cell::wanted)
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .ifPresent(next -> appoint(place, Duration.between(now, next)));
        }
    }

    private static boolean isDue(Cell cell, Instant now) {
        @Nullable Instant wanted = cell.wanted();
        return wanted != null && !wanted.isAfter(now);
    }

    /** All of a branch, those too that would not be looked at by themselves: what moves, moves whole. */
    private List<Cell> members(Place place) {
        return switch (place) {
            case Place.OfScript(ScriptId id) -> cells.of(List.of(id));
            case Place.OfBranch(Link link) -> cells.of(concern.sharing(link));
        };
    }

    /** When a place is to be looked at next. Thread-safe. */
    private static final class Round {
        private @Nullable Instant next;
        private long number;

        /** The number of the appointment to be made, unless there is one before that time. */
        synchronized Optional<Long> earlier(Instant due) {
            if (next != null && !due.isBefore(next)) {
                return Optional.empty();
            }
            next = due;
            return Optional.of(++number);
        }

        /** False when another appointment came in its place. */
        synchronized boolean begins(long appointment) {
            if (number != appointment) {
                return false;
            }
            next = null;
            return true;
        }
    }
}
