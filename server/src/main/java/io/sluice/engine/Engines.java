package io.sluice.engine;

import java.util.List;
import java.util.Optional;

/** All engines of this server, by language. Thread-safe. */
public final class Engines implements AutoCloseable {
    private final List<ScriptEngine> engines;

    public Engines(List<ScriptEngine> engines) {
        this.engines = List.copyOf(engines);
    }

    public List<Language> languages() {
        return engines.stream().flatMap(engine -> engine.languages().stream()).toList();
    }

    /** The language of that name or alias. */
    public Optional<Language> language(String name) {
        return languages().stream()
                .filter(language ->
                        language.name().equals(name) || language.aliases().contains(name))
                .findFirst();
    }

    /** A text in a language that no engine knows is refused like one that does not compile. */
    public Compilation compile(SourceSet source) {
        for (ScriptEngine engine : engines) {
            for (Language language : engine.languages()) {
                if (language.name().equals(source.language())
                        || language.aliases().contains(source.language())) {
                    return engine.compile(source);
                }
            }
        }
        return new Compilation.Refused("no engine runs the script language '" + source.language() + "'", 0, 0);
    }

    @Override
    public void close() {
        engines.forEach(ScriptEngine::close);
    }
}
