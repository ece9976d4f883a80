package io.sluice.service.file.connected;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Puts a whole file into the place of another. Most servers rename over what is there, in one step. Some refuse: there the old file is
 * renamed out of the way first, and back when the new one cannot take its place. Readers of this service wait for these two steps;
 * others may find no file between them. Thread-safe.
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

    void put(Connection connection, String part, String target) throws IOException {
        try {
            whileWhole(() -> {
                connection.rename(part, target);
                return true;
            });
        } catch (StoreFailure | Refusal refused) {
            if (connection.find(target, false).isEmpty()) {
                throw refused;
            }
            swap(connection, part, target);
        }
    }

    private void swap(Connection connection, String part, String target) throws IOException {
        gap.writeLock().lock();
        try {
            String old = Part.beside(target);
            connection.rename(target, old);
            try {
                connection.rename(part, target);
            } catch (IOException e) {
                putBack(connection, old, target, e);
                throw e;
            }
            connection.delete(old);
        } finally {
            gap.writeLock().unlock();
        }
    }

    private static void putBack(Connection connection, String old, String target, IOException cause)
            throws StoreFailure {
        try {
            connection.rename(old, target);
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw StoreFailure.unreachable(
                    "its server failed while a file was replaced; the old content of that file now lies beside it as '"
                            + old.substring(old.lastIndexOf('/') + 1) + "'",
                    e);
        }
    }
}
