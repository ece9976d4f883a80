package io.sluice.script;

import io.sluice.engine.Compilation;
import io.sluice.script.Cell.Failure;
import io.sluice.script.Cell.Reason;
import io.sluice.script.Finding.Verdict;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.script.Texts.Text;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides what a text is worth: new, known, turned away, or no program. */
final class Judge {
    /** How long a look waits for a compiler; packages that take longer to install are found by a later look. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Programs programs;
    private final Languages languages;

    Judge(Programs programs, Languages languages) {
        this.programs = programs;
        this.languages = languages;
    }

    /** @param current the current version's hash, empty without one */
    Verdict judge(Kept kept, Text text, String from, Optional<String> current, @Nullable Failure before) {
        return switch (text) {
            case Text.Unusable bad -> new Verdict.Bad(Reason.UNREADABLE, bad.state(), bad.why(), "", null);
            case Text.Unmoved unmoved -> new Verdict.Same(unmoved.note());
            case Text.Found found -> found(kept, found, from, current, before);
        };
    }

    private Verdict found(
            Kept kept, Text.Found found, String from, Optional<String> current, @Nullable Failure before) {
        if (current.filter(found.hash()::equals).isPresent()) {
            return new Verdict.Same("the source has the current text");
        }
        // A stored text was saved on purpose, whatever a rollback turned away from earlier.
        if (kept.definition().linked() && kept.turnedAway().contains(found.hash()) && current.isPresent()) {
            return new Verdict.Same("the source still has a text that a rollback turned away from");
        }
        Optional<String> missing = languages.missing(found.source().language());
        if (missing.isPresent()) {
            return new Verdict.Bad(
                    Reason.NO_ENGINE, ScriptState.REFUSED, missing.get(), found.revision(), found.hash());
        }
        if (before != null && found.hash().equals(before.refusedHash())) {
            return new Verdict.Bad(before.reason(), ScriptState.REFUSED, before.why(), found.revision(), found.hash());
        }
        long until = System.nanoTime() + PATIENCE_NANOS;
        return switch (programs.compile(kept.id(), found.source(), found.hash(), until)) {
            case Compilation.Compiled compiled -> new Verdict.Fresh(found, from);
            case Compilation.Refused refused ->
                new Verdict.Bad(
                        Reason.UNCOMPILABLE,
                        ScriptState.REFUSED,
                        refused.where(found.source().name()),
                        found.revision(),
                        found.hash());
            case Compilation.NotNow later ->
                new Verdict.Later(
                        "it could not be checked now: " + later.message(), found.revision(), later.retryAfter());
        };
    }
}
