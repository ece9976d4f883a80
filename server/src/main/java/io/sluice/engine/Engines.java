package io.sluice.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All engines of this server, by language. Thread-safe. */
public final class Engines implements AutoCloseable {
    private final List<ScriptEngine> engines;
    private final List<Language> languages;
    private final Map<String, Known> byName = new HashMap<>();

    private record Known(Language language, ScriptEngine engine) {}

    public Engines(List<ScriptEngine> engines) {
        this.engines = List.copyOf(engines);
        this.languages = this.engines.stream()
                .flatMap(engine -> engine.languages().stream())
                .toList();
        for (ScriptEngine engine : this.engines) {
            for (Language language : engine.languages()) {
                Known known = new Known(language, engine);
                byName.putIfAbsent(language.name(), known);
                language.aliases().forEach(alias -> byName.putIfAbsent(alias, known));
            }
        }
    }

    public List<Language> languages() {
        return languages;
    }

    /** The language of that name or alias. */
    public Optional<Language> language(String name) {
        return Optional.ofNullable(byName.get(name)).map(Known::language);
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

    /** Makes that language's engine ready ahead of its first script, which may take seconds; false when there is nothing to do. */
    public boolean warm(String language) {
        return engine(language).filter(ScriptEngine::warm).isPresent();
    }

    private Optional<ScriptEngine> engine(String nameOrAlias) {
        return Optional.ofNullable(byName.get(nameOrAlias)).map(Known::engine);
    }

    @Override
    public void close() {
        engines.forEach(ScriptEngine::close);
    }
}
