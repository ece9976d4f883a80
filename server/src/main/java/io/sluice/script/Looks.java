package io.sluice.script;

import io.sluice.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Looks again when it is said that sources changed. What was read before that is not stored. */
final class Looks {
    private final Store store;
    private final Concern concern;
    private final Cells cells;
    private final Flights flights;

    Looks(Store store, Concern concern, Cells cells, Flights flights) {
        this.store = store;
        this.concern = concern;
        this.cells = cells;
        this.flights = flights;
    }

    /** After a push. */
    Pushed follow(Push push) {
        Looked looked = look(concern.of(push), Manner.AS_ONE_RELEASE);
        return new Pushed(looked.commit(), looked.scripts(), looked.problem());
    }

    /** Unknown scripts are missing from the answer. */
    Looked look(Collection<ScriptId> ids, Manner manner) {
        List<Cell> asked = cells.of(Set.copyOf(ids));
        if (asked.isEmpty()) {
            return Looked.NOTHING;
        }
        store.write(tx -> {
            tx.afterCommit(() -> asked.forEach(Cell::clear));
            return asked;
        });
        return flights.lookNow(asked, manner);
    }
}
