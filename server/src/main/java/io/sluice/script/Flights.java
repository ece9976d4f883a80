package io.sluice.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One look at a time per script; whoever comes meanwhile waits for it instead of asking the source too. */
final class Flights {
    /** So often is what was read given up because of a clear. */
    private static final int MOST_GIVEN_UP = 3;

    private final Refresher refresher;
    private final Consumer<Cell> afterwards;

    /** @param afterwards done after each look, before those who wait go on */
    Flights(Refresher refresher, Consumer<Cell> afterwards) {
        this.refresher = refresher;
        this.afterwards = afterwards;
    }

    /** The look that is under way, or a new one if it is needed. */
    Optional<Flight> join(Cell cell, BooleanSupplier needed) {
        cell.door.lock();
        try {
            if (cell.flight != null) {
                return Optional.of(cell.flight);
            }
            if (!needed.getAsBoolean()) {
                return Optional.empty();
            }
            Flight flight = new Flight();
            cell.flight = flight;
            Thread.ofVirtual().name("script-look").start(() -> fly(cell, flight, needed));
            return Optional.of(flight);
        } finally {
            cell.door.unlock();
        }
    }

    boolean underWay(Cell cell) {
        cell.door.lock();
        try {
            return cell.flight != null;
        } finally {
            cell.door.unlock();
        }
    }

    private void fly(Cell cell, Flight flight, BooleanSupplier needed) {
        try {
            cell.reading.lock();
            try {
                if (needed.getAsBoolean()) {
                    look(List.of(cell), Manner.FOR_A_CALL, flight::hasRead);
                }
            } finally {
                cell.reading.unlock();
            }
        } finally {
            land(cell, flight);
        }
    }

    /** What is planned next must find the door open, and those who wait must find it planned. */
    private void land(Cell cell, Flight flight) {
        cell.door.lock();
        try {
            cell.flight = null;
        } finally {
            cell.door.unlock();
        }
        afterwards.accept(cell);
        flight.land();
    }

    /** Looks now, after every look under way has ended, and waits for it. Cells that are gone are missing from the answer. */
    Looked lookNow(Collection<Cell> cells, Manner manner) {
        List<Cell> sorted =
                cells.stream().sorted(Comparator.comparing(Cell::id)).toList();
        sorted.forEach(cell -> cell.reading.lock());
        try {
            return look(sorted, manner, () -> {});
        } finally {
            sorted.forEach(cell -> cell.reading.unlock());
            sorted.forEach(afterwards);
        }
    }

    /** Looks again at those whose source was declared old while it was read, and with them at the rest of their release. */
    private Looked look(List<Cell> cells, Manner manner, Runnable hasRead) {
        Looked all = Looked.NOTHING;
        List<Cell> left = cells;
        for (int round = 1; !left.isEmpty(); round++) {
            Looked looked = refresher.lookOnce(left, manner, round > MOST_GIVEN_UP, hasRead);
            all = all.and(looked);
            left = left.stream()
                    .filter(cell -> !cell.isGone() && !looked.scripts().containsKey(cell.id()))
                    .toList();
        }
        return all;
    }
}
