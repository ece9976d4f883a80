package io.sluice.api.filter;

import io.sluice.api.filter.Filter.Operand;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a filter as text that parses to the same filter. */
final class FilterText {
    private FilterText() {}

    static String of(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> parts) -> joined(parts, " and ");
            case Filter.Or(List<Filter> parts) -> joined(parts, " or ");
            case Filter.Not(Filter part) -> "not (" + of(part) + ")";
            case Filter.Comparison(String field, Filter.Operator operator, Operand value) ->
                name(field) + symbol(operator) + of(value);
            case Filter.In(String field, List<Operand> values) ->
                name(field) + " in (" + values.stream().map(FilterText::of).collect(Collectors.joining(",")) + ")";
            case Filter.Between(String field, Operand low, Operand high) ->
                name(field) + " between (" + of(low) + "," + of(high) + ")";
            case Filter.IsNull(String field) -> name(field) + " is null";
        };
    }

    private static String joined(List<Filter> parts, String connective) {
        return parts.stream().map(part -> "(" + of(part) + ")").collect(Collectors.joining(connective));
    }

    private static String name(String field) {
        return "\"" + field.replace("\"", "\"\"") + "\"";
    }

    private static String symbol(Filter.Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "!=";
            case GT -> ">";
            case GTE -> ">=";
            case LT -> "<";
            case LTE -> "<=";
            case LIKE -> " like ";
            case CONTAINS -> " contains ";
            case STARTS_WITH -> " starts with ";
            case ENDS_WITH -> " ends with ";
        };
    }

    private static String of(Operand operand) {
        return switch (operand) {
            case Operand.Literal(String text, boolean quoted) -> quoted ? "'" + text.replace("'", "''") + "'" : text;
            case Operand.Parameter(String name) -> name;
        };
    }
}
