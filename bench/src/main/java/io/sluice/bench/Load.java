package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of connections to one server, each with a thread that makes the next call when the last is answered. */
final class Load implements AutoCloseable {
    /** What the server does just behind its answers, such as making the next script's context, belongs to the block. */
    private static final long SETTLE_MS = 100;

    private final ServerProcess server;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final ExecutorService threads;

    Load(ServerProcess server, int count) throws IOException {
        this.server = server;
        threads =
                Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
        for (int i = 0; i < count; i++) {
            connections.add(new HttpConnection(server.port()));
        }
    }

    /**
     * Calls, spread evenly over the connections.
     *
     * @param wallNanos per call, by the clock
     * @param cpuNanos of the server per call
     */
    record Block(int calls, double wallNanos, double cpuNanos) {}

    Block block(Call call, int calls) throws IOException, InterruptedException {
        int each = Math.max(1, calls / connections.size());
        long cpu = ProcessFigures.cpuNanos(server.pid());
        long began = System.nanoTime();
        everyConnection(connection -> repeat(call, connection, each));
        long wall = System.nanoTime() - began;
        Thread.sleep(SETTLE_MS);
        long spent = ProcessFigures.cpuNanos(server.pid()) - cpu;
        double made = (double) each * connections.size();
        return new Block((int) made, wall / made, spent / made);
    }

    private static void repeat(Call call, HttpConnection connection, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            call.on(connection);
        }
    }

    /** What one thread does with its connection. */
    interface Work {
        void on(HttpConnection connection) throws IOException;
    }

    void everyConnection(Work work) throws IOException, InterruptedException {
        List<Callable<Void>> all = new ArrayList<>();
        for (HttpConnection connection : connections) {
            all.add(() -> {
                work.on(connection);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(all)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw new BenchException(
                        "a call failed: " + e.getCause() + "\nLast lines of " + server + ":\n" + server.lines(), e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (HttpConnection connection : connections) {
            connection.close();
        }
    }
}
