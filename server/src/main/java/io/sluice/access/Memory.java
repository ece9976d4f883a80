package io.sluice.access;

import io.sluice.store.Store;
import io.sluice.store.Tx;

/** What this room knows without asking the system database. Swapped as a whole after each commit. Thread-safe. */
final class Memory {
    private final Store store;
    private final People people;
    private volatile Snapshot snapshot;
    private volatile Runnable told = () -> {};

    Memory(Store store, People people) {
        this.store = store;
        this.people = people;
        this.snapshot = store.read(Snapshot::of);
    }

    void onChange(Runnable what) {
        told = what;
    }

    Snapshot now() {
        return snapshot;
    }

    People people() {
        return people;
    }

    /** Roles, apps or lookups change in this transaction. Commits run one after the other, so the last snapshot is the newest. */
    void changed(Tx tx) {
        people.changed(tx);
        tx.afterCommit(() -> {
            snapshot = store.read(Snapshot::of);
            told.run();
        });
    }
}
