package io.sluice.engine;

import java.util.List;

/** One engine: compiles texts of its languages. Thread-safe. */
public interface ScriptEngine extends AutoCloseable {
    List<Language> languages();

    Compilation compile(SourceSet source);

    @Override
    void close();
}
