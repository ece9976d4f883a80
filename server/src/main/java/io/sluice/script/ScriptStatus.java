package io.sluice.script;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a script stands.
 *
 * @param source {@code stored}, or where the text lives, in words: {@code git repo/sales@main:orders.js}
 * @param version the current version; empty while none was ever good
 * @param promotion the swap that made it current, 0 without one
 * @param lastError why the last look did not give a new version; null when it went well
 */
public record ScriptStatus(
        ScriptDefinition script,
        String source,
        Optional<Version> version,
        long promotion,
        ScriptState state,
        @Nullable String lastError,
        RunStats.Figures figures) {}
