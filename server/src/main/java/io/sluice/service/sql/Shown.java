package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call shows of its records: columns, and the relations followed from them. What a relation needs is read too, and not
 * shown. Immutable; made before a connection is held.
 */
final class Shown {
    /** Nested relations multiply; an answer is in memory while they are put together. */
    private static final long MOST = 250_000;

    private final Projection read;
    private final RowShape shape;
    private final int columns;
    private final List<Branch> branches;

    /** A record with everything in it, and how many records that makes. */
    record Filled(Row row, long records) {}

    private Shown(Projection read, RowShape shape, int columns, List<Branch> branches) {
        this.read = read;
        this.shape = shape;
        this.columns = columns;
        this.branches = branches;
    }

    static Shown of(Projection visible, List<Branch> branches, Dialect dialect) {
        RowShape shape = visible.shape();
        for (Branch branch : branches) {
            shape = shape.with(branch.name());
        }
        Projection read = visible.with(branches.stream().map(Branch::local).toList(), dialect);
        return new Shown(read, shape, visible.shape().size(), List.copyOf(branches));
    }

    /** What is to be selected. */
    Projection read() {
        return read;
    }

    /** What is answered. */
    RowShape shape() {
        return shape;
    }

    boolean follows() {
        return !branches.isEmpty();
    }

    /** More is read than shown. */
    boolean readsMore() {
        return read.shape().size() > columns;
    }

    Row complete(Connection connection, Row row) throws SQLException {
        return complete(connection, List.of(row)).getFirst();
    }

    /** The records as they are answered, in their order; a query for each relation. */
    List<Row> complete(Connection connection, List<Row> rows) throws SQLException {
        return follows() ? fill(connection, rows).stream().map(Filled::row).toList() : rows;
    }

    List<Filled> fill(Connection connection, List<Row> rows) throws SQLException {
        if (!follows()) {
            return rows.stream().map(row -> new Filled(row, 1)).toList();
        }
        List<Map<Object, List<Filled>>> related = new ArrayList<>();
        for (Branch branch : branches) {
            related.add(branch.fetch(connection, values(rows, branch)));
        }
        List<Filled> filled = new ArrayList<>(rows.size());
        long all = 0;
        for (Row row : rows) {
            Filled one = filled(row, related);
            all += one.records();
            if (all > MOST) {
                throw tooMany();
            }
            filled.add(one);
        }
        return filled;
    }

    private List<@Nullable Object> values(List<Row> rows, Branch branch) {
        int place = read.place(branch.local());
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(row.value(place)));
        return values;
    }

    private Filled filled(Row row, List<Map<Object, List<Filled>>> related) {
        @Nullable Object[] values = new Object[shape.size()];
        for (int i = 0; i < columns; i++) {
            values[i] = row.value(i);
        }
        long records = 1;
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            @Nullable Object local = row.value(read.place(branch.local()));
            List<Filled> children =
                    local == null ? List.of() : related.get(i).getOrDefault(branch.same(local), List.of());
            values[columns + i] =
                    branch.value(children.stream().map(Filled::row).toList());
            records += children.stream().mapToLong(Filled::records).sum();
        }
        return new Filled(new Row(shape, values), records);
    }

    static ApiException tooMany() {
        return ApiException.badRequest("The related records are more than " + MOST
                + " in one answer. Ask for fewer with the limit of a relation, or for a smaller page.");
    }

    /** One query reads no more rows than that; what is beyond could not be answered. */
    static int mostRows() {
        return (int) MOST + 1;
    }
}
