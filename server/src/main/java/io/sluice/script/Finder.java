package io.sluice.script;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Cell.Age;
import io.sluice.script.Cell.Doubt;
import io.sluice.script.Finding.Verdict;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.script.Sought.Sight;
import io.sluice.script.Texts.Text;
import io.sluice.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and judges what the sources of some scripts have. Stores nothing. */
final class Finder {
    /** How long a branch must seem to have gone back until somebody must have meant it; a host that lags behind catches up sooner. */
    static final Duration DOUBT = Duration.ofMinutes(1);

    private final Store store;
    private final Texts texts;
    private final Judge judge;
    private final Shelf shelf;
    private final Observe observe;
    private final Clock clock;

    Finder(Store store, Texts texts, Judge judge, Shelf shelf, Observe observe, Clock clock) {
        this.store = store;
        this.texts = texts;
        this.judge = judge;
        this.shelf = shelf;
        this.observe = observe;
        this.clock = clock;
    }

    private record Look(Cell cell, Age age, Kept kept, Sight sight) {}

    /** @param hasRead done when all sources have answered, unless one was declared old meanwhile and has to be read again */
    List<Finding> find(Map<Cell, Age> ages, Manner manner, boolean patient, Survey survey, Runnable hasRead) {
        List<Look> looks = new ArrayList<>();
        Map<ScriptId, Kept> records = store.read(tx ->
                ScriptRecords.find(tx, ages.keySet().stream().map(Cell::id).toList()));
        ages.forEach((cell, age) -> {
            @Nullable Kept kept = records.get(cell.id());
            if (kept != null) {
                looks.add(new Look(cell, age, kept, read(cell, kept, manner, survey)));
            }
        });
        if (ages.entrySet().stream()
                .allMatch(one -> one.getValue().isStill(one.getKey().age(), patient))) {
            hasRead.run();
        }
        List<Finding> findings = looks.stream().map(this::judged).toList();
        return manner == Manner.AS_ONE_RELEASE ? WholeRelease.judged(findings) : findings;
    }

    private Sight read(Cell cell, Kept kept, Manner manner, Survey survey) {
        ScriptDefinition script = kept.definition();
        long begun = System.nanoTime();
        Sight sight = texts.read(sought(cell, kept, manner), survey);
        cell.doubt(sight.doubted(), clock.instant());
        if (script.linked() && sight.text() instanceof Text.Found found && isNews(cell, found, manner)) {
            observe.happened(new Observation.ScriptFetched(
                    script.id().toString(),
                    texts.where(script),
                    Version.shorten(found.revision()),
                    Duration.ofNanos(System.nanoTime() - begun)));
        }
        return sight;
    }

    /** A push tells of what it changed only: of the others hardly anything was read. */
    private boolean isNews(Cell cell, Text.Found found, Manner manner) {
        return manner != Manner.AS_ONE_RELEASE
                || current(cell).map(Version::hash).filter(found.hash()::equals).isEmpty();
    }

    private Sought sought(Cell cell, Kept kept, Manner manner) {
        return new Sought(kept.definition(), current(cell), kept.commit(), believed(cell), manner);
    }

    private Optional<String> believed(Cell cell) {
        Instant longAgo = clock.instant().minus(DOUBT);
        return Optional.ofNullable(cell.doubt())
                .filter(doubt -> !doubt.since().isAfter(longAgo))
                .map(Doubt::commit);
    }

    private Finding judged(Look look) {
        String from = texts.where(look.kept().definition());
        Optional<String> current = current(look.cell()).map(Version::hash);
        Verdict verdict = judge.judge(
                look.kept(), look.sight().text(), from, current, look.cell().failure());
        return new Finding(
                look.cell(), look.age(), look.kept(), verdict, look.sight().head());
    }

    private Optional<Version> current(Cell cell) {
        return shelf.now().release().version(cell.id());
    }
}
