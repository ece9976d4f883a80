package io.sluice.service.file.connected;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Puts a whole file into the place of another. Most servers rename over what is there, in one step. Some refuse: there the old file is
 * renamed out of the way first, and back when the new one cannot take its place. Readers of this service wait for these two steps;
 * others may find no file between them. Who waits here has a connection already: nobody waits for one while holding the gap. Thread-safe.
 */
final class Replacement {
    private final ReadWriteLock gap = new ReentrantReadWriteLock(true);

    /** Something that may fail at the server. */
    interface Step<T> {
        T take() throws IOException;
    }

    /** Looks at files while none of them is between its old and its new content. */
    <T> T whileWhole(Step<T> step) throws IOException {
        gap.readLock().lock();
        try {
            return step.take();
        } finally {
            gap.readLock().unlock();
        }
    }

    /** @param leftovers takes what cannot be put back or removed over this connection */
    void put(Connection connection, String part, String target, Leftovers leftovers) throws IOException {
        try {
            whileWhole(() -> {
                connection.rename(part, target);
                return true;
            });
        } catch (StoreFailure | Refusal refused) {
            if (whileWhole(() -> connection.find(target, false)).isEmpty()) {
                throw refused;
            }
            swap(connection, part, new Aside(Part.asideOf(target), target), leftovers);
        }
    }

    private void swap(Connection connection, String part, Aside aside, Leftovers leftovers) throws IOException {
        gap.writeLock().lock();
        try {
            exchange(connection, part, aside);
        } catch (StoreFailure | Refusal refused) {
            putBack(connection, aside, leftovers, refused);
            throw refused;
        } catch (IOException e) {
            leftovers.add(aside); // whatever the server did of it
            throw e;
        } finally {
            gap.writeLock().unlock();
        }
        removeOld(connection, aside, leftovers);
    }

    private static void exchange(Connection connection, String part, Aside aside) throws IOException {
        connection.rename(aside.target(), aside.old());
        connection.rename(part, aside.target());
    }

    private static void putBack(Connection connection, Aside aside, Leftovers leftovers, IOException cause)
            throws StoreFailure {
        try {
            restore(connection, aside);
        } catch (IOException e) {
            leftovers.add(aside);
            e.addSuppressed(cause);
            throw StoreFailure.unreachable(
                    "its server failed while a file was replaced; the old content of that file lies beside it as '"
                            + aside.name() + "' until it can be put back",
                    e);
        }
    }

    /** The new content is in its place: that the old one stays for a while is no failure. */
    private static void removeOld(Connection connection, Aside aside, Leftovers leftovers) {
        try {
            connection.delete(aside.old());
        } catch (IOException e) {
            leftovers.add(aside);
        }
    }

    /** Puts an old file back, unless another has its place: then it goes. */
    void mend(Connection connection, Aside aside) throws IOException {
        gap.writeLock().lock();
        try {
            restore(connection, aside);
        } finally {
            gap.writeLock().unlock();
        }
    }

    private static void restore(Connection connection, Aside aside) throws IOException {
        if (connection.find(aside.old(), false).isEmpty()) {
            return;
        }
        if (connection.find(aside.target(), false).isPresent()) {
            connection.delete(aside.old());
        } else {
            connection.rename(aside.old(), aside.target());
        }
    }
}
