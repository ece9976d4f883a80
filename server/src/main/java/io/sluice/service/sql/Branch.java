package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.service.sql.dialect.Dialect;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One relation that a read follows. One query serves all parents (a few, where their keys are more than one statement may
 * hold). Immutable.
 *
 * @param local the column of the parent that the relation goes out from
 * @param remote the column of the target that it arrives at
 * @param through the table between, for {@code many_many}
 * @param rule the target's row rule for reading
 * @param order the list after ORDER BY; empty text for none
 * @param limit for each parent; 0 for none
 */
record Branch(
        Dialect dialect,
        Relation relation,
        Column local,
        Table target,
        Column remote,
        Optional<Through> through,
        Optional<Sql> rule,
        Shown shown,
        String order,
        long limit) {
    /** {@code char(8)}, {@code character(8)}, {@code bpchar}, {@code nchar(8)}; not {@code character varying} or {@code char varying}. */
    private static final Pattern PADDED = Pattern.compile(
            "(national +)?(bpchar|n?char|character)(?!\\w)(?! *(varying|large))", Pattern.CASE_INSENSITIVE);

    /**
     * A junction table.
     *
     * @param near its column that points at the parent
     * @param far its column that points at the target
     */
    record Through(Table table, Column near, Column far, Optional<Sql> rule) {}

    String name() {
        return relation.name();
    }

    /** What stands in the parent's record. A {@code has_one} without its one is an empty list, as clients know it. */
    @Nullable
    Object value(List<Row> children) {
        return switch (relation.type()) {
            case "belongs_to" -> children.isEmpty() ? null : copy(children.getFirst());
            case "has_one" -> children.isEmpty() ? List.of() : children.getFirst();
            default -> children;
        };
    }

    /** Many parents have the same record; a script that changes it in one must not change it in all. */
    private static Row copy(Row row) {
        @Nullable Object[] values = new Object[row.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = copied(row.value(i));
        }
        return new Row(row.shape(), values);
    }

    private static @Nullable Object copied(@Nullable Object value) {
        return switch (value) {
            case Row row -> copy(row);
            case List<?> list -> list.stream().map(Branch::copied).toList();
            case null, default -> value;
        };
    }

    /** Equal for values that this relation joins, however each side writes them. */
    Object same(Object value) {
        return switch (value) {
            case Integer number -> Key.plain(number);
            case Long number -> Key.plain(number);
            case Double number -> Key.plain(number);
            case BigDecimal number -> Key.plain(number);
            case String text when dialect.foldsCase() -> text.stripTrailing().toLowerCase(Locale.ROOT);
            case String text when !dialect.looselyTyped() && (padded(local) || padded(owner())) -> withoutPadding(text);
            default -> value;
        };
    }

    /** Text of a fixed length: the database fills it up with blanks, and compares it without them. */
    private static boolean padded(Column column) {
        return PADDED.matcher(column.type().declared()).lookingAt();
    }

    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** The column whose value says which parent a related record belongs to. */
    private Column owner() {
        return through.map(Through::near).orElse(remote);
    }

    /** The related records, by {@link #same} of the value that they belong to. */
    Map<Object, List<Shown.Filled>> fetch(Connection connection, List<@Nullable Object> parents) throws SQLException {
        List<Object> keys = keys(parents);
        List<Object> owners = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        int chunk = Listed.most(dialect, otherValues());
        for (int from = 0; from < keys.size(); from += chunk) {
            read(connection, keys.subList(from, Math.min(from + chunk, keys.size())), owners, rows);
        }
        List<Shown.Filled> filled = shown.fill(connection, rows);
        Map<Object, List<Shown.Filled>> byOwner = new HashMap<>();
        for (int i = 0; i < filled.size(); i++) {
            byOwner.computeIfAbsent(owners.get(i), owner -> new ArrayList<>()).add(filled.get(i));
        }
        return byOwner;
    }

    private int otherValues() {
        int ofJunction = through.flatMap(Through::rule).map(Sql::size).orElse(0);
        return 1 + rule.map(Sql::size).orElse(0) + ofJunction;
    }

    /** Each value once, ready to be bound. What is no value of the other side's type has nothing there. */
    private List<Object> keys(List<@Nullable Object> parents) {
        Column compared = owner();
        Map<Object, Object> keys = new LinkedHashMap<>();
        for (@Nullable Object value : parents) {
            if (value != null) {
                try {
                    keys.putIfAbsent(same(value), Values.compared(compared, value));
                } catch (ApiException otherType) {
                    continue;
                }
            }
        }
        return List.copyOf(keys.values());
    }

    private void read(Connection connection, List<Object> keys, List<Object> owners, List<Row> rows)
            throws SQLException {
        Projection key = Projection.columns(List.of(owner()), dialect);
        try (PreparedStatement statement = query(keys).prepare(connection, dialect)) {
            statement.setMaxRows(Shown.mostRows());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    @Nullable Object value = key.row(found, 0).value(0);
                    if (value != null) {
                        owners.add(same(value));
                        rows.add(shown.read().row(found, 1));
                    }
                }
            }
        }
        if (rows.size() >= Shown.mostRows()) {
            throw Shown.tooMany();
        }
    }

    private Sql query(List<Object> keys) {
        Sql inner = new Sql()
                .add("SELECT ")
                .add(ownerColumn())
                .add(" AS ")
                .add(dialect.quote("~owner"))
                .add(", ")
                .add(shown.read().select());
        if (limit == 0) {
            from(keys, inner);
            return order.isEmpty() ? inner : inner.add(" ORDER BY ").add(order);
        }
        String place = dialect.quote("~place");
        inner.add(", ROW_NUMBER() OVER (PARTITION BY ")
                .add(ownerColumn())
                .add(" ORDER BY ")
                .add(order.isEmpty() ? ownerColumn() : order)
                .add(") AS ")
                .add(place);
        from(keys, inner);
        return new Sql()
                .add("SELECT * FROM (")
                .add(inner)
                .add(") numbered WHERE ")
                .add(place)
                .add(" <= ")
                .value(limit)
                .add(" ORDER BY ")
                .add(place);
    }

    private String ownerColumn() {
        return through.isPresent() ? dialect.quote("~near") : remote.quoted();
    }

    private void from(List<Object> keys, Sql sql) {
        sql.add(" FROM ");
        if (through.isPresent()) {
            between(through.get(), keys, sql);
        } else {
            sql.add(target.quoted()).where(with(rule, Listed.in(remote, keys, dialect)));
        }
    }

    /** Both sides as tables of their own, so that no name is ambiguous. */
    private void between(Through junction, List<Object> keys, Sql sql) {
        sql.add("(SELECT ")
                .add(junction.near().quoted() + " AS " + dialect.quote("~near") + ", ")
                .add(junction.far().quoted() + " AS " + dialect.quote("~far"))
                .add(" FROM ")
                .add(junction.table().quoted())
                .where(with(junction.rule(), Listed.in(junction.near(), keys, dialect)))
                .add(") joined JOIN ");
        if (rule.isPresent()) {
            sql.add("(SELECT * FROM ")
                    .add(target.quoted())
                    .where(List.of(rule.get()))
                    .add(") seen");
        } else {
            sql.add(target.quoted());
        }
        sql.add(" ON ").add(remote.quoted()).add(" = ").add(dialect.quote("~far"));
    }

    private static List<Sql> with(Optional<Sql> rule, Sql first) {
        return rule.map(more -> List.of(first, more)).orElse(List.of(first));
    }
}
