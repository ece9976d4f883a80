package io.sluice.script;

import io.sluice.engine.SourceSet;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text of a script that never changes.
 *
 * @param number from 1, growing for each script
 * @param hash SHA-256 in hex over the texts and the language
 * @param revision commit id, ETag or modification time; the hash for stored text
 * @param from where it came from, in words: {@code stored}, {@code git repo/sales@main:orders.js}
 */
public record Version(
        ScriptId script,
        int number,
        String hash,
        String revision,
        String from,
        SourceSet source,
        Instant loadedAt,
        Optional<String> author,
        Optional<String> message) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");

    /** The first seven characters of a commit id or hash, as logs show it. */
    public String shortRevision() {
        return shorten(revision);
    }

    static String shorten(String revision) {
        return COMMIT.matcher(revision).matches() ? revision.substring(0, 7) : revision;
    }
}
