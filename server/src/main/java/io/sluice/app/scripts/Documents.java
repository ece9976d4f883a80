package io.sluice.app.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads files: texts, and maps in YAML, of which JSON is a part. */
final class Documents {
    private static final int LARGEST = 64 << 20;

    private Documents() {}

    static String text(Path file) {
        try {
            return file.toString().equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + e);
        }
    }

    /** The map that a file holds; {@code -} is standard input. */
    static Map<String, @Nullable Object> map(Path file) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(LARGEST)
                    .setLabel(file.toString())
                    .build();
            return map(file.toString(), new Load(settings).loadFromString(text(file)));
        } catch (YamlEngineException e) {
            throw new UsageException("Cannot read " + file + ": " + e.getMessage());
        }
    }

    /** @param what for messages */
    static Map<String, @Nullable Object> map(String what, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        switch (value) {
            case null -> {}
            case Map<?, ?> given -> given.forEach((name, each) -> map.put(String.valueOf(name), each));
            default -> throw new UsageException(what + " must hold names and values, not " + value + ".");
        }
        return map;
    }
}
