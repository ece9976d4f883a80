package io.sluice.script;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.api.LookupPattern;
import io.sluice.engine.SourceSet;
import java.util.Optional;
import java.util.Set;

/** Puts values into the texts of scripts at the moment of a run. What is kept of a text is the names in it. Thread-safe. */
final class LookupTexts {
    private static final int TEXTS = 1024;

    private final Cache<String, Set<String>> namesByHash =
            Caffeine.newBuilder().maximumSize(TEXTS).build();

    /** The names in the text of that version; none for most, who pay no more than this question. */
    Set<String> names(Version version) {
        return namesByHash.get(
                version.hash(),
                hash -> Set.copyOf(LookupPattern.names(version.source().text())));
    }

    /** The program with its values; empty when no name in it stands for anything. Throws {@link LookupValues.Harmful}. */
    Optional<SourceSet> filled(Version version, LookupValues values) {
        boolean any =
                names(version).stream().anyMatch(name -> values.value(name).isPresent());
        if (!any) {
            return Optional.empty();
        }
        SourceSet source = version.source();
        String text = LookupPattern.replace(source.text(), values::value);
        return text.equals(source.text())
                ? Optional.empty()
                : Optional.of(new SourceSet(source.name(), source.language(), text, source.siblings()));
    }
}
