package io.sluice.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of clients of one server, each with its connection, that make the next call when the last is answered. */
record Load(ServerProcess server, int clients) {
    /** What the server does just behind its answers, such as making the next script's context, belongs to the block. */
    private static final long SETTLE_MS = 100;

    /**
     * What a call cost in a block of them.
     *
     * @param wallNanos per call, by the clock
     * @param cpuNanos of the server per call
     */
    record Block(double wallNanos, double cpuNanos) {}

    Block block(Call call, int calls) throws IOException, InterruptedException {
        int each = Math.max(1, calls / clients);
        long cpu = ProcessFigures.cpuNanos(server.pid());
        long began = System.nanoTime();
        everyClient(connection -> repeat(call, connection, each));
        long wall = System.nanoTime() - began;
        Thread.sleep(SETTLE_MS);
        long spent = ProcessFigures.cpuNanos(server.pid()) - cpu;
        double made = (double) each * clients;
        return new Block(wall / made, spent / made);
    }

    private static void repeat(Call call, HttpConnection connection, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            call.on(connection);
        }
    }

    /** What one client does with its connection. */
    interface Work {
        void on(HttpConnection connection) throws IOException;
    }

    /** All clients do this work at the same time, each on a new connection. */
    void everyClient(Work work) throws InterruptedException {
        Callable<Void> client = () -> {
            try (HttpConnection connection = new HttpConnection(server.port())) {
                work.on(connection);
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(
                clients, Thread.ofPlatform().daemon().factory())) {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(clients, client))) {
                join(done);
            }
        }
    }

    private void join(Future<Void> client) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException e) {
            String lines = "Last lines of " + server + ":\n" + server.lines();
            throw new BenchException("a call failed: " + e.getCause() + "\n" + lines, e);
        }
    }
}
