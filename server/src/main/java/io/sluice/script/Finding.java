package io.sluice.script;

import io.sluice.script.Cell.Reason;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.script.Texts.Text;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a source found, before anything is stored.
 *
 * @param generation of the cell before the look began; when it has grown since, the finding is worth nothing
 * @param kept the record that the look went by
 */
record Finding(Cell cell, long generation, Kept kept, Verdict verdict) {

    /** What is to be done with the text. */
    sealed interface Verdict {
        /** A new text that compiles. */
        record Fresh(Text.Found text, String from) implements Verdict {}

        /** Nothing new; the note says why. */
        record Same(String note) implements Verdict {}

        /** @param hash of the text that was turned down, null when there was none */
        record Bad(
                Reason reason,
                ScriptState state,
                String why,
                String revision,
                @Nullable String hash) implements Verdict {}
    }
}
