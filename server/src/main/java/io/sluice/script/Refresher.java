package io.sluice.script;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Cell.Age;
import io.sluice.script.Cell.Failure;
import io.sluice.script.Cell.Reason;
import io.sluice.script.Cell.Standing;
import io.sluice.script.Finding.Verdict;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.script.Survey.Head;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the sources of some scripts: reads, judges, and makes what is new current in one transaction and one swap.
 *
 * <p>What was found is stored only if neither a save nor a clear came since the look began: both the check and every save or clear
 * happen under the store's one writer.
 */
final class Refresher {
    private static final String FAULT = "Sluice could not look at it; the log says why";
    private static final String DELETED = "its record was deleted";
    private final Store store;
    private final Texts texts;
    private final Finder finder;
    private final Shelf shelf;
    private final Observe observe;
    private final ScriptSettings settings;

    /**
     * What follows the transaction.
     *
     * @param looked need no look before their next run
     * @param due were cleared meanwhile and need one
     */
    private record Effects(
            Map<ScriptId, Version> fresh, List<ScriptId> looked, List<ScriptId> due, List<Observation> news) {
        static Effects none() {
            return new Effects(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    Refresher(Store store, Texts texts, Finder finder, Shelf shelf, Observe observe, ScriptSettings settings) {
        this.store = store;
        this.texts = texts;
        this.finder = finder;
        this.shelf = shelf;
        this.observe = observe;
        this.settings = settings;
    }

    /**
     * Looks once. Scripts that were saved or cleared meanwhile are missing from the answer, and so is the rest of their release: they
     * need another look.
     *
     * @param manner whether they are taken each for itself or as one release
     * @param patient clears no longer count: what was found is newer than what runs, and the scripts stay due
     * @param hasRead done when all sources have answered
     */
    Looked lookOnce(List<Cell> cells, Manner manner, boolean patient, Runnable hasRead) {
        Map<Cell, Age> ages = new LinkedHashMap<>();
        cells.forEach(cell -> ages.put(cell, cell.age()));
        try {
            Survey survey = new Survey();
            List<Finding> findings = finder.find(ages, manner, patient, survey, hasRead);
            Map<ScriptId, Refreshed> outcome = store(findings, manner, patient);
            Set<Cell> found = findings.stream().map(Finding::cell).collect(Collectors.toSet());
            cells.stream()
                    .filter(cell -> !found.contains(cell))
                    .forEach(cell -> outcome.put(cell.id(), new Refreshed.Refused(DELETED, Optional.empty())));
            return new Looked(outcome, survey.commit(), problem(findings));
        } catch (RuntimeException e) {
            // A fault of ours or of the system database must not take away a version that runs.
            return failed(ages, e);
        }
    }

    /** What may be otherwise at the next look without anybody changing a text. */
    private static Optional<String> problem(List<Finding> findings) {
        return findings.stream()
                .flatMap(one -> switch (one.verdict()) {
                    case Verdict.Bad bad when bad.state() == ScriptState.STALE -> Stream.of(bad.why());
                    case Verdict.Later later -> Stream.of(later.why());
                    case Verdict.Bad bad -> Stream.<String>empty();
                    case Verdict.Fresh fresh -> Stream.<String>empty();
                    case Verdict.Same same -> Stream.<String>empty();
                    case Verdict.Held held -> Stream.<String>empty();
                })
                .findFirst();
    }

    private Map<ScriptId, Refreshed> store(List<Finding> findings, Manner manner, boolean patient) {
        Map<ScriptId, Refreshed> outcome = new LinkedHashMap<>();
        Effects effects = Effects.none();
        store.write(tx -> {
            Map<ScriptId, Kept> now = ScriptRecords.find(
                    tx, findings.stream().map(one -> one.cell().id()).toList());
            Set<Finding> outdated = findings.stream()
                    .filter(one ->
                            !holds(one, Optional.ofNullable(now.get(one.cell().id())), patient))
                    .collect(Collectors.toSet());
            keep(tx, manner.holding(findings, outdated), outcome, effects);
            return outcome;
        });
        effects.news().forEach(observe::happened);
        return outcome;
    }

    private Looked failed(Map<Cell, Age> ages, RuntimeException cause) {
        Map<ScriptId, Refreshed> outcome = new LinkedHashMap<>();
        ages.forEach((cell, age) -> {
            observe.happened(new Observation.Note("looking at " + cell.id() + " failed: " + causes(cause)));
            if (cell.age().equals(age)) {
                Failure failure = failure(
                        cell, Reason.UNREADABLE, FAULT, settings.sources().retryPause(), null);
                cell.stands(
                        new Standing(ScriptState.STALE, FAULT, cell.standing().promotion()), failure);
                outcome.put(cell.id(), new Refreshed.Refused(FAULT, good(cell.id())));
            }
        });
        return new Looked(outcome, Optional.empty(), Optional.of(FAULT));
    }

    private static String causes(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : failure + ": " + causes(cause);
    }

    /** Whether the finding may be stored: nothing was saved, cleared, rolled back or deleted since the look began. */
    private static boolean holds(Finding finding, Optional<Kept> now, boolean patient) {
        return !finding.cell().isGone()
                && finding.age().isStill(finding.cell().age(), patient)
                && now.map(Kept::definition)
                        .filter(finding.kept().definition()::equals)
                        .isPresent();
    }

    private void keep(Tx tx, List<Finding> findings, Map<ScriptId, Refreshed> outcome, Effects effects) {
        Instant now = settings.clock().instant();
        boolean anyFresh = findings.stream().anyMatch(one -> one.verdict() instanceof Verdict.Fresh);
        long promotion = anyFresh ? ScriptRecords.promote(tx, now) : 0;
        // One swap, first of what follows the commit: nobody may find a script looked at and yet its old version.
        tx.afterCommit(() -> shelf.settle(promotion, effects.fresh(), effects.looked(), effects.due()));
        remember(tx, findings);
        for (Finding finding : findings) {
            ScriptId id = finding.cell().id();
            switch (finding.verdict()) {
                case Verdict.Fresh text -> {
                    Version version = insert(tx, id, text, promotion);
                    effects.fresh().put(id, version);
                    settle(tx, finding, new Standing(ScriptState.LIVE, null, promotion), null, effects);
                    outcome.put(id, new Refreshed.Promoted(version, promotion));
                    effects.news()
                            .add(new Observation.ScriptPromoted(
                                    id.toString(), version.number(), version.shortRevision(), promotion));
                }
                case Verdict.Same same -> {
                    settle(
                            tx,
                            finding,
                            new Standing(
                                    ScriptState.LIVE,
                                    null,
                                    finding.cell().standing().promotion()),
                            null,
                            effects);
                    outcome.put(id, new Refreshed.Unchanged(good(id).orElseThrow(), same.note()));
                }
                case Verdict.Bad bad -> {
                    turnDown(tx, finding, bad, effects);
                    outcome.put(id, new Refreshed.Refused(bad.why(), good(id)));
                }
                case Verdict.Held held -> {
                    hold(tx, finding, held, effects);
                    outcome.put(id, new Refreshed.Refused(held.why(), good(id)));
                }
                case Verdict.Later later -> {
                    putOff(tx, finding, later, effects);
                    outcome.put(id, new Refreshed.Refused(later.why(), good(id)));
                }
            }
        }
    }

    /** Where the next looks go on from: nothing at that commit or before it is news any more. */
    private static void remember(Tx tx, List<Finding> findings) {
        Map<String, List<ScriptId>> settled = new HashMap<>();
        for (Finding finding : findings) {
            if (finding.verdict() instanceof Verdict.Fresh || finding.verdict() instanceof Verdict.Same) {
                finding.head()
                        .map(Head::commit)
                        .filter(commit -> !finding.kept().commit().equals(Optional.of(commit)))
                        .ifPresent(commit -> settled.computeIfAbsent(commit, at -> new ArrayList<>())
                                .add(finding.cell().id()));
            }
        }
        settled.forEach((commit, scripts) -> ScriptRecords.commit(tx, scripts, commit));
    }

    private Version insert(Tx tx, ScriptId id, Verdict.Fresh fresh, long promotion) {
        Version version = new Version(
                id,
                VersionRecords.next(tx, id),
                fresh.text().hash(),
                fresh.text().revision(),
                fresh.from(),
                fresh.text().source(),
                settings.clock().instant(),
                fresh.text().author(),
                fresh.text().message());
        VersionRecords.insert(tx, version);
        ScriptRecords.current(tx, id, version.number(), promotion);
        return version;
    }

    private void turnDown(Tx tx, Finding finding, Verdict.Bad bad, Effects effects) {
        Cell cell = finding.cell();
        @Nullable Failure before = cell.failure();
        Failure failure =
                failure(cell, bad.reason(), bad.why(), settings.sources().retryPause(), bad.hash());
        settle(tx, finding, new Standing(bad.state(), bad.why(), cell.standing().promotion()), failure, effects);
        if (before == null || !before.why().equals(bad.why())) {
            effects.news().add(observation(finding.kept().definition(), bad));
        }
    }

    private void hold(Tx tx, Finding finding, Verdict.Held held, Effects effects) {
        Standing before = finding.kept().standing();
        Standing standing = new Standing(ScriptState.REFUSED, held.why(), before.promotion(), true);
        settle(tx, finding, standing, null, effects);
        if (!standing.equals(before)) {
            ScriptDefinition script = finding.kept().definition();
            effects.news()
                    .add(new Observation.ScriptRefused(
                            script.id().toString(),
                            Version.shorten(held.revision()),
                            held.why(),
                            OnFailure.next(script, good(script.id()))));
        }
    }

    /** What the source has is looked at again, by itself or by a call that cannot go on without it. */
    private void putOff(Tx tx, Finding finding, Verdict.Later later, Effects effects) {
        Cell cell = finding.cell();
        @Nullable Failure before = cell.failure();
        Duration pause = longer(later.retryAfter(), settings.sources().retryPause());
        Failure failure = failure(cell, Reason.NOT_NOW, later.why(), pause, null);
        settle(
                tx,
                finding,
                new Standing(ScriptState.STALE, later.why(), cell.standing().promotion()),
                failure,
                effects);
        if (before == null || !before.why().equals(later.why())) {
            ScriptDefinition script = finding.kept().definition();
            String next = OnFailure.next(script, good(script.id()));
            effects.news()
                    .add(new Observation.ScriptUnavailable(
                            script.id().toString(), texts.where(script), later.why(), next));
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Failure failure(Cell cell, Reason reason, String why, Duration pause, @Nullable String hash) {
        @Nullable Failure before = cell.failure();
        Instant askAgain = settings.clock().instant().plus(pause);
        return new Failure(reason, why, before == null ? 1 : before.count() + 1, askAgain, hash);
    }

    /**
     * After the commit the script needs no look before its next run, unless without a good text it cannot run at all, or it was
     * cleared meanwhile.
     */
    private void settle(Tx tx, Finding finding, Standing found, @Nullable Failure failure, Effects effects) {
        Cell cell = finding.cell();
        boolean old = finding.isOld();
        Standing standing = old ? new Standing(ScriptState.STALE, found.lastError(), found.promotion()) : found;
        if (!standing.equals(finding.kept().standing())) {
            ScriptRecords.standing(tx, cell.id(), standing);
        }
        boolean blocks = failure != null
                && failure.reason().passing()
                && finding.kept().definition().onFetchError() == ScriptDefinition.OnFetchError.FAIL;
        if (old) {
            effects.due().add(cell.id());
        } else if (!blocks) {
            effects.looked().add(cell.id());
        }
        tx.afterCommit(() -> cell.stands(standing, failure));
    }

    private Observation observation(ScriptDefinition script, Verdict.Bad bad) {
        String next = OnFailure.next(script, good(script.id()));
        return bad.reason() == Reason.UNREADABLE && bad.state() != ScriptState.REFUSED
                ? new Observation.ScriptUnavailable(script.id().toString(), texts.where(script), bad.why(), next)
                : new Observation.ScriptRefused(
                        script.id().toString(), Version.shorten(bad.revision()), bad.why(), next);
    }

    private Optional<Version> good(ScriptId id) {
        return shelf.now().release().version(id);
    }
}
