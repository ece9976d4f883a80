package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.RowRule;
import io.sluice.service.sql.dialect.Dialect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Row rules of roles as SQL. A rule that cannot be understood hides every row. */
final class RuleSql {
    private static final String NOTHING = "1 = 0";

    private final Table table;
    private final FilterSql filters;

    RuleSql(Table table, Dialect dialect) {
        this.table = table;
        this.filters = new FilterSql(table, dialect, Map.of(), Optional.empty());
    }

    /** One condition, safe to stand beside others; empty when the rule asks for nothing. */
    Optional<Sql> of(RowRule rule) {
        if (rule.conditions().isEmpty()) {
            return Optional.empty();
        }
        Sql sql = new Sql();
        String before = "(";
        for (RowRule.Condition condition : rule.conditions()) {
            sql.add(before).add(condition(condition));
            before = rule.any() ? " OR " : " AND ";
        }
        return Optional.of(sql.add(")"));
    }

    private Sql condition(RowRule.Condition condition) {
        // The database's own name first: another field that was given it as an alias must not stand for it.
        Optional<Column> column = table.realColumn(condition.field()).or(() -> table.column(condition.field()));
        if (column.isEmpty()) {
            return new Sql().add(NOTHING);
        }
        try {
            return known(column.get(), condition);
        } catch (ApiException e) {
            return new Sql().add(NOTHING);
        }
    }

    private Sql known(Column column, RowRule.Condition condition) {
        Sql sql = new Sql();
        @Nullable Object value = condition.value();
        String operator = condition.operator().strip();
        if (operator.equals("is null") || operator.equals("is not null")) {
            return sql.add(column.quoted()).add(operator.equals("is null") ? " IS NULL" : " IS NOT NULL");
        }
        if (value == null) {
            return sql.add(NOTHING);
        }
        compare(column, operator, value, sql);
        return sql;
    }

    private void compare(Column column, String operator, Object value, Sql sql) {
        switch (operator) {
            case "=" -> filters.simple(column, " = ", value, sql);
            case "!=", "<>" -> filters.simple(column, " <> ", value, sql);
            case ">", ">=", "<", "<=" -> filters.simple(column, " " + operator + " ", value, sql);
            case "in" -> filters.inList(column, list(value), sql);
            case "not in" -> {
                sql.add("NOT (");
                filters.inList(column, list(value), sql);
                sql.add(")");
            }
            case "starts with" -> filters.like(column, filters.literally(text(value)) + "%", sql);
            case "ends with" -> filters.like(column, "%" + filters.literally(text(value)), sql);
            case "contains" -> filters.like(column, "%" + filters.literally(text(value)) + "%", sql);
            default -> sql.add(NOTHING);
        }
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }

    /** A list, or text such as {@code (1, 'two', 3)} with or without the parentheses. */
    private static List<?> list(Object value) {
        if (value instanceof List<?> given) {
            return given.stream().filter(Objects::nonNull).toList();
        }
        String text = text(value).strip();
        String inner = text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split(",", -1))
                .map(String::strip)
                .map(RuleSql::unquoted)
                .toList();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.startsWith("'") && text.endsWith("'") || text.startsWith("\"") && text.endsWith("\""));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
