package io.sluice.service.file.connected;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Parts of uploads that broke off, until the server can be reached to remove them. Thread-safe. */
final class Leftovers {
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();

    void add(String path) {
        paths.add(path);
    }

    void remove(Connection connection) throws IOException {
        for (String path = paths.poll(); path != null; path = paths.poll()) {
            remove(connection, path);
        }
    }

    private void remove(Connection connection, String path) throws IOException {
        try {
            connection.delete(path);
        } catch (StoreFailure | Refusal said) {
            // It never came to be, or the server removed it by itself.
        } catch (IOException e) {
            paths.add(path);
            throw e;
        }
    }
}
