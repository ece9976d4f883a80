package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Calls that others make meanwhile, each kind over and over on a connection of its own. One that fails is counted; the next follows. */
final class OtherCalls implements AutoCloseable {
    private static final long PAUSE_MS = 50;
    private static final int WORDS_KEPT = 3;

    private final ServerProcess server;
    private final List<LongAdder> made = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private final List<String> words = new ArrayList<>();
    private volatile boolean over;

    /** From now until it is closed. */
    OtherCalls(ServerProcess server, List<Call> calls) {
        this.server = server;
        for (Call call : calls) {
            LongAdder answered = new LongAdder();
            made.add(answered);
            clients.add(Thread.ofPlatform().daemon().name("other calls").start(() -> callOnAndOn(call, answered)));
        }
    }

    private void callOnAndOn(Call call, LongAdder answered) {
        while (!over) {
            try (HttpConnection connection = new HttpConnection(server.port())) {
                while (!over) {
                    call.on(connection);
                    answered.increment();
                }
            } catch (IOException | BenchException e) {
                fail(call, e);
            }
        }
    }

    private void fail(Call call, Exception e) {
        failed.incrementAndGet();
        synchronized (words) {
            if (words.size() < WORDS_KEPT) {
                words.add(call.name() + ": " + e.getMessage());
            }
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException interrupted) {
            over = true;
        }
    }

    /** How many calls of each kind were answered as they should until now. */
    long[] made() {
        return made.stream().mapToLong(LongAdder::sum).toArray();
    }

    /** Failures count from here on; those of a server that is still warming up are told, not counted. */
    long failedUntilNow() {
        synchronized (words) {
            words.clear();
        }
        return failed.getAndSet(0);
    }

    long failed() {
        return failed.get();
    }

    /** What was wrong with the first ones that failed. */
    List<String> words() {
        synchronized (words) {
            return List.copyOf(words);
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
