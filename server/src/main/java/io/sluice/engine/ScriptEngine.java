package io.sluice.engine;

import java.util.List;
import java.util.Optional;

/** One engine: compiles texts of its languages. Thread-safe. */
public interface ScriptEngine extends AutoCloseable {
    List<Language> languages();

    /**
     * Why no text of these languages can run on this server now, in words that say what to install; empty when they can. Asked
     * before compiling; may take a moment the first time.
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * Adds to an entry the texts that it imports, directly or through others; {@link Compilation} then finds them among the siblings.
     * Languages without imports add none.
     */
    default Gathering gather(SourceSet entry, Tree tree) {
        return new Gathering.Whole(entry);
    }

    Compilation compile(SourceSet source);

    /** Does what the first script would wait for, which may take seconds; false when there is nothing of the kind. */
    default boolean warm() {
        return false;
    }

    @Override
    void close();
}
