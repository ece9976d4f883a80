package io.sluice.script;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.Program;
import io.sluice.engine.SourceSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiled programs, each compiled once for all callers and closed when it has left the cache and its last run has ended.
 * Kept by content: equal texts of one script are one program.
 */
final class Programs implements AutoCloseable {
    private final Engines engines;
    private final Cache<Key, Kept> cache;

    private record Key(ScriptId script, String hash) {}

    Programs(Engines engines, int most) {
        this.engines = engines;
        this.cache = Caffeine.newBuilder()
                .maximumSize(most)
                .executor(Runnable::run)
                .removalListener(
                        (@Nullable Key key,
                                @Nullable Kept kept,
                                com.github.benmanes.caffeine.cache.RemovalCause why) -> {
                            if (kept != null) {
                                kept.leave();
                            }
                        })
                .build();
    }

    /** Compiles the text unless that was done already. */
    Compilation compile(ScriptId script, SourceSet source, String hash) {
        return with(script, source, hash, compilation -> compilation);
    }

    /** Does something with the compiled program, which stays open meanwhile. */
    <T> T with(ScriptId script, SourceSet source, String hash, Function<Compilation, T> work) {
        Kept kept = borrow(script, source, hash);
        try {
            return work.apply(kept.compilation);
        } finally {
            kept.giveBack();
        }
    }

    private Kept borrow(ScriptId script, SourceSet source, String hash) {
        while (true) {
            Kept kept = cache.get(new Key(script, hash), key -> new Kept(engines.compile(source)));
            if (kept.borrow()) {
                return kept;
            }
        }
    }

    @Override
    public void close() {
        cache.invalidateAll();
        cache.cleanUp();
    }

    /** A compilation with the number of those who hold it, the cache being one of them. */
    private static final class Kept {
        private final Compilation compilation;
        private int holders = 1;

        Kept(Compilation compilation) {
            this.compilation = compilation;
        }

        /** False when it was closed between finding and borrowing it. */
        synchronized boolean borrow() {
            if (holders == 0) {
                return false;
            }
            holders++;
            return true;
        }

        void giveBack() {
            leave();
        }

        void leave() {
            if (last() && compilation instanceof Compilation.Compiled(Program program)) {
                program.close();
            }
        }

        private synchronized boolean last() {
            holders--;
            return holders == 0;
        }
    }
}
