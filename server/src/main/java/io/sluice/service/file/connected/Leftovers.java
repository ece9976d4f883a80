package io.sluice.service.file.connected;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What uploads that broke off left, until the server can be reached: files to be put back first, since a part may be all that there is of
 * its file till then; parts to be removed. Thread-safe.
 */
final class Leftovers {
    private final Replacement replacement;
    private final Queue<Aside> asides = new ConcurrentLinkedQueue<>();
    private final Queue<String> parts = new ConcurrentLinkedQueue<>();
    private final ReentrantLock removing = new ReentrantLock();

    Leftovers(Replacement replacement) {
        this.replacement = replacement;
    }

    void add(Aside aside) {
        asides.add(aside);
    }

    void add(String part) {
        parts.add(part);
    }

    /** Leaves it to somebody else who is at it. */
    void remove(Connection connection) throws IOException {
        boolean none = asides.isEmpty() && parts.isEmpty();
        if (none || !removing.tryLock()) {
            return;
        }
        try {
            if (putBack(connection)) {
                removeParts(connection);
            }
        } finally {
            removing.unlock();
        }
    }

    /** False when the server refuses one: it is tried again at the next call. */
    private boolean putBack(Connection connection) throws IOException {
        for (Aside aside = asides.peek(); aside != null; aside = asides.peek()) {
            try {
                replacement.mend(connection, aside);
            } catch (StoreFailure | Refusal refused) {
                return false;
            }
            asides.remove(aside);
        }
        return true;
    }

    private void removeParts(Connection connection) throws IOException {
        for (String part = parts.peek(); part != null; part = parts.peek()) {
            try {
                connection.delete(part);
            } catch (StoreFailure | Refusal said) {
                // It never came to be, or the server removed it by itself.
            }
            parts.remove(part);
        }
    }
}
