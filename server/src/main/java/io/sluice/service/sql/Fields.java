package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code fields}: names, {@code *}, and beside {@code group} the aggregates. */
final class Fields {
    /** No table has more columns, so nobody has more to ask for. */
    private static final int MOST_NAMES = 2_000;

    private static final int LONGEST = 64 * 1024;
    private static final Set<String> AGGREGATES = Set.of("SUM", "COUNT", "AVG", "MIN", "MAX");

    private final Table table;
    private final Dialect dialect;

    Fields(Table table, Dialect dialect) {
        this.table = table;
        this.dialect = dialect;
    }

    /** The columns that identify a record; all of them when the table has no key. */
    Projection identifying() {
        return table.projection("", () -> columns(table.primaryKey().isEmpty() ? table.columns() : table.primaryKey()));
    }

    Projection columns(List<Column> columns) {
        return Projection.columns(columns, dialect);
    }

    /** For a list of names, a blank one being no name. Unknown ones are a 400. */
    Projection of(String fields) {
        if (fields.isBlank()) {
            return identifying();
        }
        return table.projection(fields, () -> read(fields, List.of()));
    }

    /** For a grouped read; {@code *} stands for the columns of the group. */
    Projection grouped(String fields, List<Column> group) {
        return read(fields, group);
    }

    private Projection read(String fields, List<Column> group) {
        Map<String, Projection.Item> items = new LinkedHashMap<>();
        for (String part : parts("fields", fields)) {
            String name = part.strip();
            for (Projection.Item item : name.equals("*") ? all(group) : List.of(item(name, group))) {
                items.putIfAbsent(item.name(), item);
            }
        }
        return Projection.of(List.copyOf(items.values()));
    }

    private List<Projection.Item> all(List<Column> group) {
        return (group.isEmpty() ? table.columns() : group)
                .stream().map(column -> Projection.Item.of(column, dialect)).toList();
    }

    private Projection.Item item(String name, List<Column> group) {
        int open = name.indexOf('(');
        if (open > 0 && name.endsWith(")") && !group.isEmpty()) {
            return aggregate(name, open);
        }
        Column column = column(name).orElseThrow(() -> invalid(name));
        if (!group.isEmpty() && !group.contains(column)) {
            throw ApiException.badRequest(
                    "Field '" + column.name() + "' must be part of 'group' or stand in SUM, COUNT, AVG, MIN or MAX.");
        }
        return Projection.Item.of(column, dialect);
    }

    private Optional<Column> column(String name) {
        return table.column(name);
    }

    private ApiException invalid(String name) {
        return ApiException.badRequest("Invalid field requested: " + name + Spelling.hint(name, table));
    }

    private Projection.Item aggregate(String text, int open) {
        String function = text.substring(0, open).strip().toUpperCase(Locale.ROOT);
        String argument = text.substring(open + 1, text.length() - 1).strip();
        if (!AGGREGATES.contains(function)) {
            throw invalid(text);
        }
        if (argument.equals("*") && function.equals("COUNT")) {
            return item("COUNT_ALL", "COUNT(*)", Cell.of(Kind.INTEGER, dialect));
        }
        Column column = column(argument).orElseThrow(() -> invalid(text));
        requireFitting(function, column);
        String sql = function + "(" + column.quoted() + ")";
        boolean own = function.equals("MIN") || function.equals("MAX");
        return item(
                function + "_" + column.name(), own ? column.type().selectedValue(sql) : sql, cell(function, column));
    }

    private static void requireFitting(String function, Column column) {
        boolean fits = switch (function) {
            case "SUM", "AVG" -> column.kind().numeric();
            case "MIN", "MAX" ->
                !Set.of(Kind.BOOLEAN, Kind.JSON, Kind.JSON_TREE, Kind.BINARY, Kind.UUID)
                        .contains(column.kind());
            default -> true;
        };
        if (!fits) {
            throw ApiException.badRequest(function + " is not possible for field '" + column.name() + "' of type "
                    + column.type().simple() + ".");
        }
    }

    private Projection.Item item(String name, String sql, Cell cell) {
        return new Projection.Item(name, sql + " AS " + dialect.quote(name), cell, Optional.empty());
    }

    private Cell cell(String function, Column column) {
        return switch (function) {
            case "COUNT" -> Cell.of(Kind.INTEGER, dialect);
            case "SUM", "AVG" -> Cell.of(floating(column) ? Kind.REAL : Kind.DECIMAL, dialect);
            default -> Cell.of(column.type(), dialect);
        };
    }

    private static boolean floating(Column column) {
        return column.kind() == Kind.REAL || column.kind() == Kind.SINGLE;
    }

    /** Reads {@code order} into the list after ORDER BY; empty text for none. */
    String order(String order, Projection projection) {
        if (order.indexOf(';') >= 0) {
            throw ApiException.badRequest("Invalid order by clause in request.");
        }
        Set<String> items = new LinkedHashSet<>();
        for (String part : parts("order", order)) {
            if (!part.isBlank()) {
                items.add(orderItem(part.strip().split("\\s+"), projection));
            }
        }
        return String.join(", ", items);
    }

    private String orderItem(String[] words, Projection projection) {
        String name = words[0];
        String quoted = column(name).map(Column::quoted).orElseGet(() -> output(name, projection));
        boolean descending = words.length > 1 && words[1].equalsIgnoreCase("desc");
        boolean nulls = words.length > 3 && words[2].equalsIgnoreCase("nulls");
        String place = nulls ? words[3].toUpperCase(Locale.ROOT) : "";
        return dialect.orderBy(
                quoted, descending ? "DESC" : "ASC", Set.of("FIRST", "LAST").contains(place) ? place : "");
    }

    /** An aggregate among the outputs, by its output name. */
    private String output(String name, Projection projection) {
        return projection.shape().names().stream()
                .filter(output -> projection.hasAggregates() && output.equalsIgnoreCase(name))
                .findFirst()
                .map(dialect::quote)
                .orElseThrow(() -> ApiException.badRequest("Invalid field '" + name + "' in order by clause"
                        + (name.indexOf('.') > 0 ? ": fields of related records can not be sorted by." : hint(name))));
    }

    private String hint(String name) {
        String hint = Spelling.hint(name, table);
        return hint.isEmpty() ? "." : hint;
    }

    /** Reads {@code group}; unknown names are a 400. */
    List<Column> group(String group) {
        Set<Column> columns = new LinkedHashSet<>();
        for (String part : parts("group", group)) {
            String name = part.strip();
            if (!name.isEmpty()) {
                columns.add(column(name)
                        .orElseThrow(() -> ApiException.badRequest(
                                "Invalid or unknown field '" + name + "' in group by clause" + hint(name))));
            }
        }
        return List.copyOf(columns);
    }

    /** The parts of a comma list of names. */
    static String[] parts(String option, String text) {
        if (text.length() > LONGEST || text.chars().filter(c -> c == ',').count() >= MOST_NAMES) {
            throw ApiException.badRequest("Parameter '" + option + "' is too long: at most " + MOST_NAMES + " names in "
                    + LONGEST + " characters.");
        }
        return text.split(",", -1);
    }

    static String quotedList(List<Column> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }
}
