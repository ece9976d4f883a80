package io.sluice.script;

import io.sluice.store.Store;
import java.util.List;

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
        Looked looked = flights.lookNow(concerned, Manner.AS_ONE_RELEASE);
        return new Pushed(looked.commit(), looked.scripts(), looked.problem());
    }
}
