package io.sluice.script;

import java.time.Instant;
import java.util.OptionalLong;

/** The record of a script with its marks: when it was made and changed, and by whom when known. */
public record SavedScript(
        ScriptDefinition definition,
        Instant created,
        Instant modified,
        OptionalLong createdBy,
        OptionalLong modifiedBy) {

    public ScriptId id() {
        return definition.id();
    }
}
