package io.sluice.script;

import io.sluice.engine.Engines;
import io.sluice.engine.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The languages that records may name: those that an engine runs, and those that this server only knows of. */
final class Languages {
    private static final String NOT_HERE = "Known, but this server has no engine for it: calls are answered with 501.";
    private static final List<Language> KNOWN = List.of(
            new Language("nodejs", "Node.js", NOT_HERE, true, List.of("v8js")),
            new Language("typescript", "TypeScript", NOT_HERE, true, List.of()),
            new Language("php", "PHP", NOT_HERE, false, List.of()),
            new Language("python3", "Python3", NOT_HERE, false, List.of("python")));

    private final Engines engines;

    Languages(Engines engines) {
        this.engines = engines;
    }

    /** Those with an engine first. */
    List<Language> all() {
        List<Language> all = new ArrayList<>(engines.languages());
        KNOWN.stream().filter(one -> engines.language(one.name()).isEmpty()).forEach(all::add);
        return List.copyOf(all);
    }

    Optional<Language> find(String nameOrAlias) {
        return all().stream()
                .filter(one -> one.name().equals(nameOrAlias) || one.aliases().contains(nameOrAlias))
                .findFirst();
    }

    /** The name that stands for it and its aliases; unknown ones are left alone. */
    String canonical(String nameOrAlias) {
        return find(nameOrAlias).map(Language::name).orElse(nameOrAlias);
    }

    boolean runs(String nameOrAlias) {
        return missing(nameOrAlias).isEmpty();
    }

    /** Why scripts in that language cannot run here, in words that say what to do; empty when they can. */
    Optional<String> missing(String nameOrAlias) {
        return engines.language(nameOrAlias).isPresent()
                ? engines.unavailable(nameOrAlias)
                : Optional.of("This server has no engine for that language.");
    }
}
