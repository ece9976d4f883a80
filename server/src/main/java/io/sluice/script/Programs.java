package io.sluice.script;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.SourceSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiled programs, each compiled once for all callers and closed when it has left the cache and its last run has ended.
 * Kept by content: equal texts of one script are one program. A compilation has a thread of its own: whoever needs it waits for it as
 * long as they may, and it goes on for those who come later. What could not be said ({@link Compilation.NotNow}) is not kept.
 */
final class Programs implements AutoCloseable {
    private final Engines engines;
    private final Cache<Key, Compiling> cache;

    private record Key(ScriptId script, String hash) {}

    Programs(Engines engines, int most) {
        this.engines = engines;
        this.cache = Caffeine.newBuilder()
                .maximumSize(most)
                .executor(Runnable::run)
                .removalListener(
                        (@Nullable Key key,
                                @Nullable Compiling compiling,
                                com.github.benmanes.caffeine.cache.RemovalCause why) -> {
                            if (compiling != null) {
                                compiling.leave();
                            }
                        })
                .build();
    }

    /**
     * Compiles the text unless that was done already.
     *
     * @param deadlineNanos as of {@link System#nanoTime}: until when to wait for it
     */
    Compilation compile(ScriptId script, SourceSet source, String hash, long deadlineNanos) {
        return with(script, source, hash, deadlineNanos, compilation -> compilation);
    }

    /** Does something with the compiled program, which stays open meanwhile. */
    <T> T with(ScriptId script, SourceSet source, String hash, long deadlineNanos, Function<Compilation, T> work) {
        Compiling compiling = borrow(new Key(script, hash), source);
        try {
            return work.apply(compiling.await(deadlineNanos));
        } finally {
            compiling.leave();
        }
    }

    private Compiling borrow(Key key, SourceSet source) {
        while (true) {
            Compiling compiling = cache.get(key, missing -> started(missing, source));
            if (compiling.enter()) {
                return compiling;
            }
        }
    }

    private Compiling started(Key key, SourceSet source) {
        Compiling compiling = new Compiling();
        compiling.start(engines, source, () -> cache.asMap().remove(key, compiling));
        return compiling;
    }

    @Override
    public void close() {
        cache.invalidateAll();
        cache.cleanUp();
    }
}
