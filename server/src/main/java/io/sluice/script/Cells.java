package io.sluice.script;

import io.sluice.script.ScriptRecords.Kept;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The cells of all scripts that have a record. */
final class Cells {
    private final Map<ScriptId, Cell> cells = new ConcurrentHashMap<>();

    Optional<Cell> find(ScriptId id) {
        return Optional.ofNullable(cells.get(id));
    }

    List<Cell> of(Collection<ScriptId> ids) {
        return ids.stream().map(cells::get).filter(Objects::nonNull).toList();
    }

    /** The cell of that record, made when it is new. */
    Cell of(Kept kept) {
        return Objects.requireNonNull(cells.computeIfAbsent(kept.id(), id -> new Cell(id, kept.standing())));
    }

    Optional<Cell> remove(ScriptId id) {
        Optional<Cell> cell = Optional.ofNullable(cells.remove(id));
        cell.ifPresent(Cell::leave);
        return cell;
    }
}
