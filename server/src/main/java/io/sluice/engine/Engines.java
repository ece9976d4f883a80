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

    /** What the entry imports, looked up in its tree. An entry in a language that no engine knows imports nothing. */
    public Gathering gather(SourceSet entry, Tree tree) {
        return engine(entry.language())
                .map(engine -> engine.gather(entry, tree))
                .orElseGet(() -> new Gathering.Whole(entry));
    }

    /** A text in a language that no engine knows is refused like one that does not compile. */
    public Compilation compile(SourceSet source) {
        return engine(source.language())
                .map(engine -> engine.compile(source))
                .orElseGet(() -> new Compilation.Refused(
                        "no engine runs the script language '" + source.language() + "'", 0, 0));
    }

    /** Why that language cannot run now though there is an engine for it, in words that say what to install. */
    public Optional<String> unavailable(String language) {
        return engine(language).flatMap(ScriptEngine::unavailable);
    }

    private Optional<ScriptEngine> engine(String nameOrAlias) {
        return engines.stream()
                .filter(engine -> engine.languages().stream()
                        .anyMatch(language -> language.name().equals(nameOrAlias)
                                || language.aliases().contains(nameOrAlias)))
                .findFirst();
    }

    @Override
    public void close() {
        engines.forEach(ScriptEngine::close);
    }
}
