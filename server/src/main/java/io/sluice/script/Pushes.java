package io.sluice.script;

import io.sluice.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks again after pushes. */
final class Pushes {
    private final Store store;
    private final Concern concern;
    private final Cells cells;
    private final Flights flights;

    Pushes(Store store, Concern concern, Cells cells, Flights flights) {
        this.store = store;
        this.concern = concern;
        this.cells = cells;
        this.flights = flights;
    }

    Pushed follow(Push push) {
        List<Cell> concerned = cells.of(concern.of(push));
        store.write(tx -> {
            tx.afterCommit(() -> concerned.forEach(Cell::outdate));
            return concerned;
        });
        Map<ScriptId, Refreshed> outcome = flights.lookNow(concerned);
        return new Pushed(commit(outcome), outcome, Optional.empty());
    }

    private static Optional<String> commit(Map<ScriptId, Refreshed> outcome) {
        return outcome.values().stream()
                .flatMap(one -> one instanceof Refreshed.Promoted up ? Optional.of(up.version().revision()).stream() : Optional.<String>empty().stream())
                .findFirst();
    }
}
