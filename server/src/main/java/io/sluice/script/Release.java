package io.sluice.script;

import java.util.Map;
import java.util.Optional;

/**
 * One immutable map from script to its current version.
 *
 * @param promotion grows with each swap and never goes back on a node
 */
public record Release(long promotion, Map<ScriptId, Version> versions) {
    public static final Release EMPTY = new Release(0, Map.of());

    public Release {
        versions = Map.copyOf(versions);
    }

    public Optional<Version> version(ScriptId id) {
        return Optional.ofNullable(versions.get(id));
    }
}
