package io.sluice.service.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key, seen from the table that holds it.
 *
 * @param table and {@code target} by the names of the API
 * @param onDelete {@code NO ACTION}, {@code CASCADE}, {@code SET NULL}, …
 */
record ForeignKey(
        String constraint,
        String table,
        List<String> columns,
        String target,
        List<String> targetColumns,
        @Nullable String onUpdate,
        @Nullable String onDelete) {
    ForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }

    /** Keys of several columns have no name as a relation. */
    boolean simple() {
        return columns.size() == 1;
    }

    String column() {
        return columns.getFirst();
    }

    String targetColumn() {
        return targetColumns.getFirst();
    }
}
