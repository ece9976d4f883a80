package io.sluice.script;

import io.sluice.store.Tx;

/** Keeps the text that a stored script has again after a rollback wherever else it stands; not asked for linked scripts. */
@FunctionalInterface
public interface Alongside {
    /** In the transaction of the rollback. */
    void stored(Tx tx, ScriptId id, String text);
}
