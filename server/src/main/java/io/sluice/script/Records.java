package io.sluice.script;

import io.sluice.api.ApiException;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Saves and deletes the records of scripts. Memory follows after the commit; a stored text is then compiled at once. */
final class Records {
    private final Store store;
    private final Validation validation;
    private final Definitions definitions;
    private final Cells cells;
    private final Shelf shelf;
    private final Flights flights;
    private final Background background;
    private final Clock clock;

    Records(
            Store store,
            Validation validation,
            Definitions definitions,
            Cells cells,
            Shelf shelf,
            Flights flights,
            Background background,
            Clock clock) {
        this.store = store;
        this.validation = validation;
        this.definitions = definitions;
        this.cells = cells;
        this.shelf = shelf;
        this.flights = flights;
        this.background = background;
        this.clock = clock;
    }

    SavedScript create(Tx tx, ScriptDefinition script, OptionalLong by) {
        validation.check(script, Optional.empty());
        free(tx, script.id());
        ScriptRecords.insert(tx, script, clock.instant(), by);
        follow(tx, script.id());
        return saved(tx, script.id());
    }

    SavedScript update(Tx tx, ScriptDefinition script, OptionalLong by) {
        Optional<ScriptDefinition> before = ScriptRecords.find(tx, script.id()).map(Kept::definition);
        validation.check(script, before);
        if (!ScriptRecords.update(tx, script, clock.instant(), by)) {
            throw unknown(script.id());
        }
        follow(tx, script.id());
        letOthersGoOn(tx, Stream.of(before, Optional.of(script)));
        return saved(tx, script.id());
    }

    void delete(Tx tx, ScriptId id) {
        Optional<ScriptDefinition> before = ScriptRecords.find(tx, id).map(Kept::definition);
        if (!ScriptRecords.delete(tx, id)) {
            throw unknown(id);
        }
        long promotion = ScriptRecords.promote(tx, clock.instant());
        tx.afterCommit(() -> left(id, promotion));
        letOthersGoOn(tx, Stream.of(before));
    }

    void rename(Tx tx, ScriptId from, ScriptId to) {
        validation.name(to);
        free(tx, to);
        if (!ScriptRecords.rename(tx, from, to)) {
            throw unknown(from);
        }
        ScriptRecords.stale(tx, to);
        long promotion = ScriptRecords.promote(tx, clock.instant());
        tx.afterCommit(() -> {
            left(from, promotion);
            moved(to, promotion);
            saved(to);
        });
        tx.afterwards(() -> look(to));
    }

    private void follow(Tx tx, ScriptId id) {
        tx.afterCommit(() -> saved(id));
        tx.afterwards(() -> look(id));
    }

    /** A commit that was refused for a script's sake may be good without it, or by what its record says now. */
    private void letOthersGoOn(Tx tx, Stream<Optional<ScriptDefinition>> states) {
        Set<Long> services = states.flatMap(Optional::stream)
                .flatMap(script -> script.link().stream())
                .map(Link::serviceId)
                .collect(Collectors.toSet());
        tx.afterCommit(() -> services.forEach(background::reconsider));
    }

    /** A stored text is compiled at once, when others may write again. */
    private void look(ScriptId id) {
        boolean stored = definitions.find(id).filter(script -> !script.linked()).isPresent();
        cells.find(id).filter(cell -> stored).ifPresent(cell -> flights.lookNow(List.of(cell), Manner.ON_REQUEST));
    }

    private void left(ScriptId id, long promotion) {
        definitions.remove(id);
        cells.remove(id);
        shelf.remove(promotion, id);
    }

    private void moved(ScriptId id, long promotion) {
        store.read(tx -> ScriptRecords.find(tx, id).flatMap(kept -> VersionRecords.find(tx, id, kept.current())))
                .ifPresent(version -> shelf.promote(promotion, Map.of(id, version)));
    }

    /** What follows a commit: memory takes over the record; its script has to be looked at. */
    private void saved(ScriptId id) {
        Optional<Kept> kept = store.read(tx -> ScriptRecords.find(tx, id));
        if (kept.isEmpty()) {
            return;
        }
        definitions.put(List.of(kept.get().saved()));
        Cell cell = cells.of(kept.get());
        cell.outdate();
        cell.stands(kept.get().standing(), null);
        shelf.due(Set.of(id));
        background.plan(cell);
    }

    private static void free(Tx tx, ScriptId id) {
        if (ScriptRecords.find(tx, id).isPresent()) {
            throw ApiException.badRequest("There is a script " + id + " already; its name must be unique.");
        }
    }

    private static SavedScript saved(Tx tx, ScriptId id) {
        return ScriptRecords.find(tx, id).map(Kept::saved).orElseThrow(() -> unknown(id));
    }

    static ApiException unknown(ScriptId id) {
        return ApiException.notFound("Record with identifier '" + id.name() + "' not found.");
    }
}
