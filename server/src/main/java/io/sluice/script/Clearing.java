package io.sluice.script;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Cell.Standing;
import io.sluice.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Declares cached texts old. The last good version stays: it runs while the source cannot be asked. */
final class Clearing {
    private final Store store;
    private final Definitions definitions;
    private final Cells cells;
    private final Shelf shelf;
    private final Flights flights;
    private final Background background;
    private final Observe observe;

    Clearing(
            Store store,
            Definitions definitions,
            Cells cells,
            Shelf shelf,
            Flights flights,
            Background background,
            Observe observe) {
        this.store = store;
        this.definitions = definitions;
        this.cells = cells;
        this.shelf = shelf;
        this.flights = flights;
        this.background = background;
        this.observe = observe;
    }

    boolean one(ScriptId id, String by) {
        Optional<ScriptDefinition> script = definitions.find(id);
        script.ifPresent(known -> {
            observe.happened(new Observation.ScriptCleared(id.toString(), by));
            outdate(known.linked() ? List.of(known) : List.of());
        });
        return script.isPresent();
    }

    int all(String by) {
        List<ScriptDefinition> linked = definitions.linked(Optional.empty());
        observe.happened(new Observation.ScriptCleared("all scripts (" + linked.size() + " linked)", by));
        outdate(linked);
        return linked.size();
    }

    /** What waits for a commit that was refused goes on waiting for it, and is looked at soon: a call would take a part of it. */
    int linkedTo(long service, String by) {
        List<ScriptDefinition> linked = definitions.linked(Optional.of(service));
        List<Cell> refused = refusedTogether(linked);
        Set<ScriptId> waiting = refused.stream().map(Cell::id).collect(Collectors.toSet());
        linked.forEach(script ->
                observe.happened(new Observation.ScriptCleared(script.id().toString(), by)));
        outdate(linked.stream().filter(script -> !waiting.contains(script.id())).toList());
        store.write(tx -> {
            tx.afterCommit(() -> refused.forEach(Cell::clear));
            return refused;
        });
        background.reconsider(service);
        return linked.size();
    }

    /** Those of refused commits, the good ones and the bad; none when nothing good is held back. */
    private List<Cell> refusedTogether(List<ScriptDefinition> scripts) {
        List<Cell> refused = cells.of(scripts.stream().map(ScriptDefinition::id).toList()).stream()
                .filter(cell -> cell.standing().state() == ScriptState.REFUSED)
                .toList();
        return refused.stream().anyMatch(cell -> cell.standing().held()) ? refused : List.of();
    }

    /** All that are so; their ids in order. */
    List<ScriptId> those(Predicate<ScriptDefinition> chosen, String by) {
        List<ScriptDefinition> scripts = definitions.all().stream()
                .map(SavedScript::definition)
                .filter(chosen)
                .toList();
        scripts.forEach(script ->
                observe.happened(new Observation.ScriptCleared(script.id().toString(), by)));
        outdate(scripts.stream().filter(ScriptDefinition::linked).toList());
        return scripts.stream().map(ScriptDefinition::id).toList();
    }

    /** One transaction for all; those that wait for a look already, with none under way, are left out. */
    private void outdate(List<ScriptDefinition> scripts) {
        List<Cell> outdated = cells
                .of(scripts.stream().map(ScriptDefinition::id).toList())
                .stream()
                .filter(cell -> !waits(cell))
                .toList();
        if (outdated.isEmpty()) {
            return;
        }
        store.write(tx -> {
            outdated.forEach(cell -> ScriptRecords.stale(tx, cell.id()));
            tx.afterCommit(() -> {
                outdated.forEach(cell -> {
                    cell.clear();
                    cell.stands(
                            new Standing(
                                    ScriptState.STALE,
                                    cell.standing().lastError(),
                                    cell.standing().promotion()),
                            null);
                });
                shelf.due(outdated.stream().map(Cell::id).toList());
            });
            return outdated;
        });
    }

    private boolean waits(Cell cell) {
        return shelf.now().due().contains(cell.id())
                && cell.failure() == null
                && !flights.underWay(cell)
                && !cell.reading.isLocked();
    }
}
