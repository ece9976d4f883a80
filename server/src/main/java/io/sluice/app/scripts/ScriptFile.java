package io.sluice.app.scripts;

import io.sluice.engine.Gathering;
import io.sluice.engine.SourceSet;
import io.sluice.script.DryRuns;
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
    static SourceSet read(Path entry, Optional<String> type, DryRuns runs) {
        String name = String.valueOf(entry.getFileName());
        String language = type.or(() -> typeOf(name))
                .orElseThrow(() -> new UsageException(
                        "The ending of " + entry + " does not tell the script's language; say the type."));
        LocalTree tree = LocalTree.around(entry);
        SourceSet alone = new SourceSet(name, tree.path(entry), language, Documents.text(entry), Map.of());
        return switch (runs.gather(alone, tree)) {
            case Gathering.Whole(SourceSet whole) -> whole;
            case Gathering.Refused(String why) -> throw new UsageException(entry + ": " + why);
        };
    }

    /** The language that the ending of a file's name tells. */
    static Optional<String> typeOf(String name) {
        return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
