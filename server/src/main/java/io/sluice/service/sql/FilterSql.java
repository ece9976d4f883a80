package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.filter.Filter;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Filter trees as SQL with bound values. */
final class FilterSql {
    private static final int MAX_VALUES = 10_000;

    private final Table table;
    private final Dialect dialect;
    private final Map<String, ?> params;
    private final Optional<RelatedFilter> related;

    /** {@code params} by name, with or without the colon; {@code related} for fields of other tables. */
    FilterSql(Table table, Dialect dialect, Map<String, ?> params, Optional<RelatedFilter> related) {
        this.table = table;
        this.dialect = dialect;
        this.params = params;
        this.related = related;
    }

    FilterSql(Table table, Relations relations, Map<String, ?> params) {
        this(
                table,
                relations.database().dialect(),
                params,
                Optional.of(new RelatedFilter(relations, table, table.quoted(), 1, params)));
    }

    /** One condition, safe to stand beside others. */
    Sql of(Filter filter) {
        Sql sql = new Sql().add("(");
        write(filter, sql);
        limit(sql.size());
        return sql.add(")");
    }

    private static void limit(int values) {
        if (values > MAX_VALUES) {
            throw ApiException.badRequest("The filter holds more than " + MAX_VALUES + " values.");
        }
    }

    private void write(Filter filter, Sql sql) {
        switch (filter) {
            case Filter.And(List<Filter> parts) -> join(parts, " AND ", sql);
            case Filter.Or(List<Filter> parts) -> join(parts, " OR ", sql);
            case Filter.Not(Filter part) -> {
                sql.add("NOT (");
                write(part, sql);
                sql.add(")");
            }
            case Filter.Comparison comparison ->
                on(comparison.field(), filter, sql, column -> compare(column, comparison, sql));
            case Filter.In(String field, List<Filter.Operand> values) ->
                on(field, filter, sql, column -> in(column, values, sql));
            case Filter.Between(String field, Filter.Operand low, Filter.Operand high) ->
                on(field, filter, sql, column -> between(column, low, high, sql));
            case Filter.IsNull(String field) ->
                on(field, filter, sql, column -> sql.add(column.quoted()).add(" IS NULL"));
        }
    }

    /** A condition on a column of this table, else of a related one. */
    private void on(String field, Filter condition, Sql sql, Consumer<Column> write) {
        Optional<Column> column = table.column(field);
        if (column.isPresent()) {
            write.accept(column.get());
        } else {
            sql.add(related.filter(any -> field.indexOf('.') > 0)
                    .flatMap(other -> other.of(field, condition))
                    .orElseThrow(() -> unknown(field)));
        }
    }

    private ApiException unknown(String field) {
        return ApiException.badRequest(
                "Invalid or unparsable field in filter request: '" + field + "'" + Spelling.hint(field, table));
    }

    private void join(List<Filter> parts, String connective, Sql sql) {
        String before = "(";
        for (Filter part : parts) {
            sql.add(before);
            write(part, sql);
            before = connective;
        }
        sql.add(")");
    }

    private void compare(Column column, Filter.Comparison comparison, Sql sql) {
        @Nullable Object value = given(comparison.value());
        if (value == null) {
            compareWithNull(column, comparison.operator(), sql);
            return;
        }
        switch (comparison.operator()) {
            case EQ -> simple(column, " = ", value, sql);
            case NE -> simple(column, " <> ", value, sql);
            case GT -> simple(column, " > ", value, sql);
            case GTE -> simple(column, " >= ", value, sql);
            case LT -> simple(column, " < ", value, sql);
            case LTE -> simple(column, " <= ", value, sql);
            case LIKE -> sql.add(textOf(column)).add(" LIKE ").value(plain(column, value));
            case CONTAINS -> like(column, "%" + literally(plain(column, value)) + "%", sql);
            case STARTS_WITH -> like(column, literally(plain(column, value)) + "%", sql);
            case ENDS_WITH -> like(column, "%" + literally(plain(column, value)), sql);
        }
    }

    /** A parameter that was given as null: equality asks for absence, nothing else can hold. */
    private static void compareWithNull(Column column, Filter.Operator operator, Sql sql) {
        switch (operator) {
            case EQ -> sql.add(column.quoted()).add(" IS NULL");
            case NE -> sql.add(column.quoted()).add(" IS NOT NULL");
            case GT, GTE, LT, LTE, LIKE, CONTAINS, STARTS_WITH, ENDS_WITH -> sql.add("1 = 0");
        }
    }

    void simple(Column column, String operator, Object value, Sql sql) {
        sql.add(comparable(column)).add(operator).value(bound(column, value));
    }

    void like(Column column, String pattern, Sql sql) {
        sql.add(textOf(column)).add(" LIKE ").value(pattern).add(" ESCAPE '!'");
    }

    private String comparable(Column column) {
        return dialect.comparedAsText(column.type()) ? dialect.asText(column.quoted()) : column.quoted();
    }

    private Object bound(Column column, Object value) {
        return dialect.comparedAsText(column.type()) ? plain(column, value) : Values.compared(column, value);
    }

    private String textOf(Column column) {
        return column.kind() == Kind.TEXT ? column.quoted() : dialect.asText(column.quoted());
    }

    private static String plain(Column column, Object value) {
        String text = String.valueOf(value);
        if (text.indexOf('\0') >= 0) {
            throw ApiException.badRequest(
                    "Field '" + column.name() + "' must be a valid text without null characters.");
        }
        return text;
    }

    /** Text in which nothing is a wildcard; the escape is one that no database gives a meaning of its own. */
    static String literally(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private void in(Column column, List<Filter.Operand> operands, Sql sql) {
        List<Object> values = new ArrayList<>();
        for (Filter.Operand operand : operands) {
            @Nullable Object value = given(operand);
            if (value instanceof List<?> list) {
                limit(list.size());
                list.forEach(each -> addIfPresent(values, each));
            } else {
                addIfPresent(values, value);
            }
        }
        inList(column, values, sql);
    }

    private static void addIfPresent(List<Object> values, @Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }

    void inList(Column column, List<?> values, Sql sql) {
        if (values.isEmpty()) {
            sql.add("1 = 0");
            return;
        }
        String before = comparable(column) + " IN (";
        for (Object value : values) {
            sql.add(before).value(bound(column, value));
            before = ", ";
        }
        sql.add(")");
    }

    private void between(Column column, Filter.Operand low, Filter.Operand high, Sql sql) {
        @Nullable Object from = given(low);
        @Nullable Object to = given(high);
        if (from == null || to == null) {
            sql.add("1 = 0");
            return;
        }
        sql.add(comparable(column))
                .add(" BETWEEN ")
                .value(bound(column, from))
                .add(" AND ")
                .value(bound(column, to));
    }

    /** The value that an operand stands for; a parameter that was not given is its own name as text. */
    private @Nullable Object given(Filter.Operand operand) {
        return switch (operand) {
            case Filter.Operand.Literal(String text, boolean quoted) -> text;
            case Filter.Operand.Parameter(String name) -> {
                String bare = name.startsWith(":") ? name.substring(1) : name;
                if (params.containsKey(":" + bare)) {
                    yield params.get(":" + bare);
                }
                yield params.containsKey(bare) ? params.get(bare) : ":" + bare;
            }
        };
    }
}
