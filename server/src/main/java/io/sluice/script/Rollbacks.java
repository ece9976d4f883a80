package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.engine.Compilation;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Cell.Standing;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes an older version current again, from what is kept, without asking any source. */
final class Rollbacks {
    private final Store store;
    private final Definitions definitions;
    private final Cells cells;
    private final Shelf shelf;
    private final Programs programs;
    private final Background background;
    private final Observe observe;
    private final Clock clock;

    Rollbacks(
            Store store,
            Definitions definitions,
            Cells cells,
            Shelf shelf,
            Programs programs,
            Background background,
            Observe observe,
            Clock clock) {
        this.store = store;
        this.definitions = definitions;
        this.cells = cells;
        this.shelf = shelf;
        this.programs = programs;
        this.background = background;
        this.observe = observe;
        this.clock = clock;
    }

    Refreshed.Promoted to(ScriptId id, int number, OptionalLong by, BiConsumer<Tx, String> alongside) {
        check(store.read(tx -> kept(tx, id, number)));
        // Newer versions may have come meanwhile and pushed the oldest out.
        Refreshed.Promoted promoted = store.write(tx -> promote(tx, id, kept(tx, id, number), by, alongside));
        observe.happened(new Observation.ScriptPromoted(
                id.toString(), promoted.version().number(), promoted.version().shortRevision(), promoted.promotion()));
        cells.find(id).ifPresent(background::plan);
        return promoted;
    }

    private static Version kept(Tx tx, ScriptId id, int number) {
        return VersionRecords.find(tx, id, number)
                .orElseThrow(() -> ApiException.notFound("The script " + id + " has no kept version " + number + "."));
    }

    private void check(Version old) {
        String which = "Version " + old.number() + " of " + old.script();
        long until = System.nanoTime() + Judge.PATIENCE_NANOS;
        switch (programs.compile(old.script(), old.source(), old.hash(), until)) {
            case Compilation.Compiled compiled -> {}
            case Compilation.Refused refused ->
                throw new ApiException(ApiError.because(
                        409, "script_compile_failed", which + " does not compile: " + refused.where()));
            case Compilation.NotNow later ->
                throw ApiException.unavailable(
                        "script_unavailable",
                        "Nothing was rolled back: " + which + " could not be checked now: " + later.message()
                                + ". Try again in " + later.retrySeconds() + " s.",
                        Math.toIntExact(later.retrySeconds()),
                        null);
        }
    }

    private Refreshed.Promoted promote(
            Tx tx, ScriptId id, Version old, OptionalLong by, BiConsumer<Tx, String> alongside) {
        Kept kept = ScriptRecords.find(tx, id).orElseThrow(() -> Records.unknown(id));
        if (!kept.definition().linked() && !old.source().siblings().isEmpty()) {
            throw new ApiException(ApiError.of(
                    409,
                    "Version " + old.number() + " of " + id + " imports files that lay beside it, and the script is"
                            + " not linked any more: link it again, then roll back."));
        }
        Instant now = clock.instant();
        long promotion = ScriptRecords.promote(tx, now);
        Version version = kept.definition().linked() ? old : asNewText(tx, kept, old, now, by);
        if (kept.definition().linked()) {
            turnAway(tx, kept, old);
        } else {
            alongside.accept(tx, old.source().text());
        }
        ScriptRecords.current(tx, id, version.number(), promotion);
        tx.afterCommit(() -> follow(version, promotion));
        return new Refreshed.Promoted(version, promotion);
    }

    /** The hash of what ran until now is remembered; that of what runs from now on is forgiven. */
    private static void turnAway(Tx tx, Kept kept, Version old) {
        Set<String> hashes = new HashSet<>(kept.turnedAway());
        VersionRecords.find(tx, kept.id(), kept.current()).ifPresent(current -> hashes.add(current.hash()));
        hashes.remove(old.hash());
        ScriptRecords.turnedAway(tx, kept.id(), hashes);
    }

    private static Version asNewText(Tx tx, Kept kept, Version old, Instant now, OptionalLong by) {
        ScriptRecords.content(
                tx, kept.id(), old.source().language(), old.source().text(), now, by);
        Version fresh = new Version(
                kept.id(),
                VersionRecords.next(tx, kept.id()),
                old.hash(),
                old.hash(),
                Texts.STORED,
                old.source(),
                now,
                Optional.empty(),
                Optional.of("version " + old.number() + " again"));
        VersionRecords.insert(tx, fresh);
        return fresh;
    }

    private void follow(Version version, long promotion) {
        ScriptId id = version.script();
        cells.find(id).ifPresent(cell -> {
            cell.outdate();
            cell.stands(new Standing(ScriptState.LIVE, null, promotion), null);
        });
        store.read(tx -> ScriptRecords.find(tx, id)).ifPresent(kept -> definitions.put(List.of(kept.saved())));
        shelf.promote(promotion, Map.of(id, version));
    }
}
