package io.sluice.engine;

import java.util.List;

/** One engine: compiles texts of its languages. Thread-safe. */
public interface ScriptEngine extends AutoCloseable {
    List<Language> languages();

    /**
     * Adds to an entry the texts that it imports, directly or through others; {@link Compilation} then finds them among the siblings.
     * Languages without imports add none.
     */
    default Gathering gather(SourceSet entry, Tree tree) {
        return new Gathering.Whole(entry);
    }

    Compilation compile(SourceSet source);

    @Override
    void close();
}
