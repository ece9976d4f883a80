package io.sluice.script;

import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.Program;
import io.sluice.engine.SourceSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A compilation on a thread of its own, under way or done, with the number of those who hold it; whoever makes it is the first. The
 * program is closed when all have left. Thread-safe.
 */
final class Compiling {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CompletableFuture<Compilation> outcome = new CompletableFuture<>();
    private int holders = 1;
    private @Nullable Compilation done;

    /**
     * Begins. Called once.
     *
     * @param forget done before anybody is told, when nothing came of it that may be kept
     */
    void start(Engines engines, SourceSet source, Runnable forget) {
        Thread.ofVirtual().name("script-compile").start(() -> compile(engines, source, forget));
    }

    private void compile(Engines engines, SourceSet source, Runnable forget) {
        try {
            Compilation compilation = engines.compile(source);
            if (compilation instanceof Compilation.NotNow) {
                forget.run();
            }
            close(done(compilation));
            outcome.complete(compilation);
        } catch (RuntimeException | Error e) {
            forget.run();
            outcome.completeExceptionally(e);
        }
    }

    /**
     * What came of it; {@link Compilation.NotNow} when time runs out first. What the engine threw is thrown to all who wait.
     *
     * @param deadlineNanos as of {@link System#nanoTime}
     */
    Compilation await(long deadlineNanos) {
        try {
            return outcome.get(left(deadlineNanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Compilation.NotNow("it is still being compiled", SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Compilation.NotNow("the wait for its compiler was cut off", SOON);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private static long left(long deadlineNanos) {
        return deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
    }

    /** False when its last holder has left already. */
    synchronized boolean enter() {
        if (holders == 0) {
            return false;
        }
        holders++;
        return true;
    }

    void leave() {
        close(left());
    }

    /** What is to be closed, since the last one left. */
    private synchronized @Nullable Compilation left() {
        holders--;
        return holders == 0 ? done : null;
    }

    /** What is to be closed, since nobody waits for it any more. */
    private synchronized @Nullable Compilation done(Compilation compilation) {
        done = compilation;
        return holders == 0 ? compilation : null;
    }

    private static void close(@Nullable Compilation abandoned) {
        if (abandoned instanceof Compilation.Compiled(Program program)) {
            program.close();
        }
    }
}
