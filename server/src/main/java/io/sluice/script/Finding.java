package io.sluice.script;

import io.sluice.script.Cell.Age;
import io.sluice.script.Cell.Reason;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.script.Survey.Head;
import io.sluice.script.Texts.Text;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a source found, before anything is stored.
 *
 * @param age of the cell before the look began; when it is another now, the finding is worth nothing, or it is old already
 * @param kept the record that the look went by
 * @param head the commit that it holds for, of a script in Git
 */
record Finding(Cell cell, Age age, Kept kept, Verdict verdict, Optional<Head> head) {
    Finding with(Verdict other) {
        return new Finding(cell, age, kept, other, head);
    }

    /** The script was cleared since the look began. */
    boolean isOld() {
        return !age.equals(cell.age());
    }

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

        /**
         * Whether the text compiles cannot be said now. The source was read, but it is as if it had not been.
         *
         * @param retryAfter when it is worth looking again
         */
        record Later(String why, String revision, Duration retryAfter) implements Verdict {}

        /** A good text that is not taken over, since its commit is not; the words say whose fault that is. */
        record Held(String why, String revision) implements Verdict {}
    }
}
