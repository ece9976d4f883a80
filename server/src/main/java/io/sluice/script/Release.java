package io.sluice.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * From script to its current version, for all scripts. Immutable; the next one copies the map once, which is what a push costs however
 * many scripts it moves.
 */
public final class Release {
    private final long promotion;
    private final Map<ScriptId, Version> versions;

    private Release(long promotion, HashMap<ScriptId, Version> versions) {
        this.promotion = promotion;
        this.versions = versions;
    }

    /** @param promotion the last one that there was */
    static Release of(long promotion, Map<ScriptId, Version> versions) {
        return new Release(promotion, new HashMap<>(versions));
    }

    /** Grows with each swap and never goes back on a node. */
    public long promotion() {
        return promotion;
    }

    public Optional<Version> version(ScriptId id) {
        return Optional.ofNullable(versions.get(id));
    }

    /** With those versions in the place of the ones before. */
    Release with(long later, Map<ScriptId, Version> fresh) {
        HashMap<ScriptId, Version> next = new HashMap<>(versions);
        next.putAll(fresh);
        return new Release(Math.max(later, promotion), next);
    }

    Release without(long later, ScriptId id) {
        HashMap<ScriptId, Version> next = new HashMap<>(versions);
        next.remove(id);
        return new Release(Math.max(later, promotion), next);
    }
}
