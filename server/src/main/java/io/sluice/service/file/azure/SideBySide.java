package io.sluice.service.file.azure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small calls, several at once: the store has no call for many blobs that accounts may always use. */
final class SideBySide {
    private static final int AT_ONCE = 16;

    private SideBySide() {}

    /** What is done for each. */
    interface Act {
        void on(String key) throws IOException;
    }

    /** Acts on all of them; the first failure is thrown when the others have ended. */
    static void each(List<String> keys, Act act) throws IOException {
        if (keys.size() == 1) {
            act.on(keys.getFirst());
            return;
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Void>> all =
                    threads.invokeAll(keys.stream().map(key -> work(key, act)).toList());
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException said ? said : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("deleting was interrupted", e);
        }
    }

    private static Callable<Void> work(String key, Act act) {
        return () -> {
            act.on(key);
            return null;
        };
    }
}
