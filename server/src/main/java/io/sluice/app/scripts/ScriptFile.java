package io.sluice.app.scripts;

import io.sluice.engine.SourceSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A script in a local folder. */
final class ScriptFile {
    private static final Map<String, String> TYPES = Map.of(
            "js",
            "nodejs",
            "mjs",
            "nodejs",
            "cjs",
            "nodejs",
            "ts",
            "typescript",
            "mts",
            "typescript",
            "py",
            "python3",
            "php",
            "php");

    private ScriptFile() {}

    /** The text of an entry with all that it imports. */
    static SourceSet read(Path entry, Optional<String> type) {
        String name = String.valueOf(entry.getFileName());
        String language = type.or(() -> typeOf(name))
                .orElseThrow(() -> new UsageException(
                        "The ending of " + entry + " does not tell the script's language; say the type."));
        return new SourceSet(name, language, Documents.text(entry), Map.of());
    }

    /** The language that the ending of a file's name tells. */
    static Optional<String> typeOf(String name) {
        return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
