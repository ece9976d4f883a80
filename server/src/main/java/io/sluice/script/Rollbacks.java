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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Makes older versions current again, from what is kept, without asking any source. */
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

    /**
     * Of a linked script the hash that it turns away from changes nothing when it comes again; the text of a stored script becomes
     * the old one, as a new version.
     */
    Refreshed.Promoted to(ScriptId id, int number, OptionalLong by, Alongside alongside) {
        return back(tx -> List.of(kept(tx, id, number)), by, alongside).getFirst();
    }

    /** Each script whose current version came with that promotion goes back to what was current before it. */
    List<Refreshed.Promoted> before(long promotion, OptionalLong by, Alongside alongside) {
        return back(tx -> previous(tx, promotion), by, alongside);
    }

    private List<Refreshed.Promoted> back(Function<Tx, List<Version>> choice, OptionalLong by, Alongside alongside) {
        List<Version> checked = store.read(choice::apply);
        check(checked);
        // Newer versions may have come meanwhile and pushed the oldest out.
        List<Refreshed.Promoted> promoted =
                store.write(tx -> promote(tx, unchanged(checked, choice.apply(tx)), by, alongside));
        promoted.forEach(this::tell);
        return promoted;
    }

    private void tell(Refreshed.Promoted promoted) {
        Version version = promoted.version();
        observe.happened(new Observation.ScriptPromoted(
                version.script().toString(), version.number(), version.shortRevision(), promoted.promotion()));
        cells.find(version.script()).ifPresent(background::plan);
    }

    private static Version kept(Tx tx, ScriptId id, int number) {
        return VersionRecords.find(tx, id, number)
                .orElseThrow(() -> ApiException.notFound("The script " + id + " has no kept version " + number + "."));
    }

    private static List<Version> previous(Tx tx, long promotion) {
        List<Version> found = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Kept kept : ScriptRecords.promoted(tx, promotion)) {
            VersionRecords.find(tx, kept.id(), kept.previous())
                    .ifPresentOrElse(found::add, () -> without.add(kept.id().toString()));
        }
        if (!without.isEmpty()) {
            throw new ApiException(ApiError.of(
                    409,
                    "Nothing was rolled back: of " + String.join(", ", without) + " no version from before promotion "
                            + promotion + " is kept."));
        }
        if (found.isEmpty()) {
            throw ApiException.notFound("No script runs a version that came with promotion " + promotion + ".");
        }
        return found;
    }

    private static List<Version> unchanged(List<Version> checked, List<Version> now) {
        if (!now.equals(checked)) {
            throw new ApiException(ApiError.of(
                    409, "Nothing was rolled back: scripts of it were changed meanwhile. Look again, then try again."));
        }
        return now;
    }

    private void check(List<Version> old) {
        long until = System.nanoTime() + Judge.PATIENCE_NANOS;
        List<String> refused = old.stream()
                .flatMap(version -> problem(version, until).stream())
                .toList();
        if (!refused.isEmpty()) {
            throw new ApiException(ApiError.because(
                    409, "script_compile_failed", "Nothing was rolled back: " + String.join("; ", refused)));
        }
    }

    /** Why it cannot run, if so. */
    private Optional<String> problem(Version old, long until) {
        String which = "version " + old.number() + " of " + old.script();
        return switch (programs.compile(old.script(), old.source(), old.hash(), until)) {
            case Compilation.Compiled compiled -> Optional.empty();
            case Compilation.Refused refused -> Optional.of(which + " does not compile: " + refused.where());
            case Compilation.NotNow later ->
                throw ApiException.unavailable(
                        "script_unavailable",
                        "Nothing was rolled back: " + which + " could not be checked now: " + later.message()
                                + ". Try again in " + later.retrySeconds() + " s.",
                        Math.toIntExact(later.retrySeconds()),
                        null);
        };
    }

    private List<Refreshed.Promoted> promote(Tx tx, List<Version> old, OptionalLong by, Alongside alongside) {
        Instant now = clock.instant();
        long promotion = ScriptRecords.promote(tx, now);
        List<Version> current = old.stream()
                .map(version -> restore(tx, version, promotion, now, by, alongside))
                .toList();
        tx.afterCommit(() -> follow(current, promotion));
        return current.stream()
                .map(version -> new Refreshed.Promoted(version, promotion))
                .toList();
    }

    /** What is current now: the old version, or the one that has its text again. */
    private static Version restore(
            Tx tx, Version old, long promotion, Instant now, OptionalLong by, Alongside alongside) {
        ScriptId id = old.script();
        Kept kept = ScriptRecords.find(tx, id).orElseThrow(() -> Records.unknown(id));
        if (!kept.definition().linked() && !old.source().siblings().isEmpty()) {
            throw new ApiException(ApiError.of(
                    409,
                    "Version " + old.number() + " of " + id + " imports files that lay beside it, and the script is"
                            + " not linked any more: link it again, then roll back."));
        }
        Version version = kept.definition().linked() ? old : asNewText(tx, kept, old, now, by);
        if (kept.definition().linked()) {
            turnAway(tx, kept, old);
        } else {
            alongside.stored(tx, id, old.source().text());
        }
        ScriptRecords.current(tx, id, version.number(), promotion);
        return version;
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

    private void follow(List<Version> versions, long promotion) {
        Map<ScriptId, Version> fresh = new HashMap<>();
        for (Version version : versions) {
            ScriptId id = version.script();
            cells.find(id).ifPresent(cell -> {
                cell.outdate();
                cell.stands(new Standing(ScriptState.LIVE, null, promotion), null);
            });
            store.read(tx -> ScriptRecords.find(tx, id)).ifPresent(kept -> definitions.put(List.of(kept.saved())));
            fresh.put(id, version);
        }
        shelf.promote(promotion, fresh);
    }
}
