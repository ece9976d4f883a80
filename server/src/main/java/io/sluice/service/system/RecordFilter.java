package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.filter.Filter;
import io.sluice.api.filter.FilterParser;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter on records in memory. As in SQL, a comparison with nothing is neither true nor false, and what is not true is left out;
 * texts compare in any case.
 *
 * @param params values of {@code :name}, by their names with the colon
 */
record RecordFilter(Filter filter, Map<String, ?> params) implements Predicate<Map<String, @Nullable Object>> {

    static RecordFilter parse(String text, Map<String, ?> params) {
        return new RecordFilter(FilterParser.parse(text), params);
    }

    private enum Truth {
        YES,
        NO,
        UNKNOWN;

        static Truth of(boolean value) {
            return value ? YES : NO;
        }

        Truth not() {
            return switch (this) {
                case YES -> NO;
                case NO -> YES;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    @Override
    public boolean test(Map<String, @Nullable Object> row) {
        return truth(filter, row) == Truth.YES;
    }

    private Truth truth(Filter part, Map<String, @Nullable Object> row) {
        return switch (part) {
            case Filter.And and -> all(and.parts(), row);
            case Filter.Or or ->
                all(or.parts().stream().<Filter>map(Filter.Not::new).toList(), row)
                        .not();
            case Filter.Not not -> truth(not.part(), row).not();
            case Filter.Comparison comparison ->
                known(
                        row,
                        comparison.field(),
                        value -> compare(value, comparison.operator(), text(comparison.value())));
            case Filter.In in ->
                known(
                        row,
                        in.field(),
                        value -> Truth.of(in.values().stream()
                                .anyMatch(each -> compare(value, Filter.Operator.EQ, text(each)) == Truth.YES)));
            case Filter.Between between ->
                known(
                        row,
                        between.field(),
                        value -> Truth.of(compare(value, Filter.Operator.GTE, text(between.low())) == Truth.YES
                                && compare(value, Filter.Operator.LTE, text(between.high())) == Truth.YES));
            case Filter.IsNull isNull -> Truth.of(value(row, isNull.field()).isEmpty());
        };
    }

    private Truth all(List<Filter> parts, Map<String, @Nullable Object> row) {
        Truth all = Truth.YES;
        for (Filter part : parts) {
            Truth one = truth(part, row);
            if (one == Truth.NO) {
                return Truth.NO;
            }
            if (one == Truth.UNKNOWN) {
                all = Truth.UNKNOWN;
            }
        }
        return all;
    }

    private static Truth known(Map<String, @Nullable Object> row, String field, Function<Object, Truth> question) {
        return value(row, field).map(question).orElse(Truth.UNKNOWN);
    }

    private static Optional<Object> value(Map<String, @Nullable Object> row, String field) {
        if (!row.containsKey(field)) {
            throw ApiException.badRequest("Invalid or unparsable field in filter request: '" + field + "'");
        }
        return Optional.ofNullable(row.get(field));
    }

    private String text(Filter.Operand operand) {
        return switch (operand) {
            case Filter.Operand.Literal literal -> literal.text();
            case Filter.Operand.Parameter parameter -> {
                Object bound = params.get(parameter.name());
                yield bound == null ? parameter.name() : bound.toString();
            }
        };
    }

    private static Truth compare(Object value, Filter.Operator operator, String wanted) {
        String text = lower(value.toString());
        String other = lower(wanted);
        return Truth.of(
                switch (operator) {
                    case EQ -> order(value, wanted) == 0;
                    case NE -> order(value, wanted) != 0;
                    case GT -> order(value, wanted) > 0;
                    case GTE -> order(value, wanted) >= 0;
                    case LT -> order(value, wanted) < 0;
                    case LTE -> order(value, wanted) <= 0;
                    case LIKE -> like(text, other);
                    case CONTAINS -> text.contains(other);
                    case STARTS_WITH -> text.startsWith(other);
                    case ENDS_WITH -> text.endsWith(other);
                });
    }

    /** Numbers by value, flags as true and false however they are written, everything else as text. */
    private static int order(Object value, String wanted) {
        return switch (value) {
            case Boolean flag -> flag.compareTo(Parameters.isTrue(wanted));
            case Number number ->
                number(wanted)
                        .map(other -> new BigDecimal(number.toString()).compareTo(other))
                        .orElseGet(() -> number.toString().compareTo(wanted));
            default -> lower(value.toString()).compareTo(lower(wanted));
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@code %} stands for any text, {@code _} for one character; each position is looked at once for each star. */
    private static boolean like(String text, String pattern) {
        int at = 0;
        int next = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '%') {
                star = next++;
                retry = at;
            } else if (next < pattern.length()
                    && (pattern.charAt(next) == '_' || pattern.charAt(next) == text.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '%') {
            next++;
        }
        return next == pattern.length();
    }
}
