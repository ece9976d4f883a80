package io.sluice.service.sql;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which columns are read, and how. Immutable; made once per table and list of fields. */
final class Projection {
    private final String select;
    private final RowShape shape;
    private final Cell[] cells;
    private final boolean aggregates;
    private final List<Column> columns;
    private final List<Item> items;

    /** One output: a column as it is, or an aggregate. */
    record Item(String name, String sql, Cell cell, Optional<Column> column) {
        static Item of(Column column, Dialect dialect) {
            return new Item(
                    column.name(),
                    column.type().selected(column.quoted()),
                    Cell.of(column.type(), dialect),
                    Optional.of(column));
        }
    }

    private Projection(List<Item> items) {
        this.items = List.copyOf(items);
        this.select = String.join(", ", items.stream().map(Item::sql).toList());
        this.shape = RowShape.of(items.stream().map(Item::name).toList());
        this.cells = items.stream().map(Item::cell).toArray(Cell[]::new);
        this.aggregates = items.stream().anyMatch(item -> item.column().isEmpty());
        this.columns = items.stream().flatMap(item -> item.column().stream()).toList();
    }

    static Projection of(List<Item> items) {
        return new Projection(items);
    }

    static Projection columns(List<Column> columns, Dialect dialect) {
        return new Projection(
                columns.stream().map(column -> Item.of(column, dialect)).toList());
    }

    /** With those columns at the end that are not among the outputs yet. */
    Projection with(List<Column> more, Dialect dialect) {
        List<Item> all = new ArrayList<>(items);
        more.stream()
                .distinct()
                .filter(column -> place(column) < 0)
                .forEach(column -> all.add(Item.of(column, dialect)));
        return all.size() == items.size() ? this : new Projection(all);
    }

    /** The place of a column among the outputs; -1 when it is not there. */
    int place(Column column) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).column().filter(column::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** The list after SELECT. */
    String select() {
        return select;
    }

    RowShape shape() {
        return shape;
    }

    /** The plain columns among the outputs, in order. */
    List<Column> columns() {
        return columns;
    }

    boolean hasAggregates() {
        return aggregates;
    }

    /** Moves the current row into the sink. */
    void move(ResultSet rows, RowSink sink) throws SQLException {
        sink.beginRow();
        for (int i = 0; i < cells.length; i++) {
            cells[i].move(rows, i + 1, i, sink);
        }
        sink.endRow();
    }

    /** The current row as a record; its columns begin after {@code skip} others. */
    Row row(ResultSet rows, int skip) throws SQLException {
        RowBuilder builder = new RowBuilder(cells.length);
        for (int i = 0; i < cells.length; i++) {
            cells[i].move(rows, skip + i + 1, i, builder);
        }
        return builder.row(shape);
    }
}
