package io.sluice.api.filter;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.filter.Filter.Operand;
import io.sluice.api.filter.Filter.Operator;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter over records in memory, with the logic of SQL: null is neither equal nor unequal to anything. Numbers compare by value,
 * booleans take {@code true}, {@code 1}, {@code yes} and the like, LIKE, CONTAINS, STARTS WITH and ENDS WITH pass over case, everything else
 * compares as text. Pure, thread-safe.
 */
public final class FilterMatch implements Predicate<Map<String, ? extends @Nullable Object>> {
    private final Filter filter;
    private final Map<String, String> fields;
    private final Map<String, ?> parameters;

    private FilterMatch(Filter filter, Map<String, String> fields, Map<String, ?> parameters) {
        this.filter = filter;
        this.fields = fields;
        this.parameters = parameters;
    }

    /**
     * @param fields all that a record may hold; others in the filter are a 400. Found in any case
     * @param parameters values of {@code :name}, keys with the colon
     */
    public static FilterMatch of(Filter filter, Collection<String> fields, Map<String, ?> parameters) {
        Map<String, String> known = new HashMap<>();
        fields.forEach(field -> known.putIfAbsent(field.toLowerCase(Locale.ROOT), field));
        FilterMatch match = new FilterMatch(filter, known, parameters);
        match.checkFields(filter);
        return match;
    }

    /** Whether this one record fits; its keys are the known fields. */
    public static boolean matches(Filter filter, Map<String, ? extends @Nullable Object> record) {
        return of(filter, record.keySet(), Map.of()).test(record);
    }

    @Override
    public boolean test(Map<String, ? extends @Nullable Object> record) {
        return truth(filter, record) == Truth.TRUE;
    }

    private void checkFields(Filter part) {
        switch (part) {
            case Filter.And(List<Filter> parts) -> parts.forEach(this::checkFields);
            case Filter.Or(List<Filter> parts) -> parts.forEach(this::checkFields);
            case Filter.Not(Filter inner) -> checkFields(inner);
            case Filter.Comparison c -> known(c.field());
            case Filter.In in -> known(in.field());
            case Filter.Between between -> known(between.field());
            case Filter.IsNull isNull -> known(isNull.field());
        }
    }

    private String known(String field) {
        @Nullable String name = fields.get(field.toLowerCase(Locale.ROOT));
        if (name == null) {
            throw ApiException.badRequest("Invalid or unparsable field in filter request: '" + field + "'");
        }
        return name;
    }

    private Truth truth(Filter part, Map<String, ? extends @Nullable Object> record) {
        return switch (part) {
            case Filter.And(List<Filter> parts) ->
                parts.stream().map(p -> truth(p, record)).reduce(Truth.TRUE, Truth::and);
            case Filter.Or(List<Filter> parts) ->
                parts.stream().map(p -> truth(p, record)).reduce(Truth.FALSE, Truth::or);
            case Filter.Not(Filter inner) -> truth(inner, record).not();
            case Filter.Comparison(String field, Operator operator, Operand value) ->
                compare(operator, record.get(known(field)), text(value));
            case Filter.In(String field, List<Operand> values) -> in(record.get(known(field)), values);
            case Filter.Between(String field, Operand low, Operand high) -> {
                @Nullable Object value = record.get(known(field));
                yield compare(Operator.GTE, value, text(low)).and(compare(Operator.LTE, value, text(high)));
            }
            case Filter.IsNull(String field) -> Truth.of(record.get(known(field)) == null);
        };
    }

    private Truth in(@Nullable Object value, List<Operand> values) {
        return values.stream()
                .map(one -> compare(Operator.EQ, value, text(one)))
                .reduce(Truth.FALSE, Truth::or);
    }

    /** A parameter without a value is text as it stands. A null one is null. */
    private Optional<String> text(Operand operand) {
        return switch (operand) {
            case Operand.Literal(String text, boolean quoted) -> Optional.of(text);
            case Operand.Parameter(String name) ->
                parameters.containsKey(name)
                        ? Optional.ofNullable(parameters.get(name)).map(String::valueOf)
                        : Optional.of(name);
        };
    }

    private static Truth compare(Operator operator, @Nullable Object value, Optional<String> wanted) {
        if (value == null || wanted.isEmpty()) {
            return Truth.UNKNOWN;
        }
        return Truth.of(holds(operator, value, wanted.get()));
    }

    private static boolean holds(Operator operator, Object value, String wanted) {
        return switch (operator) {
            case EQ -> order(value, wanted) == 0;
            case NE -> order(value, wanted) != 0;
            case GT -> order(value, wanted) > 0;
            case GTE -> order(value, wanted) >= 0;
            case LT -> order(value, wanted) < 0;
            case LTE -> order(value, wanted) <= 0;
            case LIKE -> Wildcard.matches(wanted, value.toString());
            case CONTAINS -> lower(value).contains(lower(wanted));
            case STARTS_WITH -> lower(value).startsWith(lower(wanted));
            case ENDS_WITH -> lower(value).endsWith(lower(wanted));
        };
    }

    private static int order(Object value, String wanted) {
        return switch (value) {
            case Boolean bool -> Boolean.compare(bool, Parameters.isTrue(wanted));
            case Number number ->
                number(number.toString())
                        .flatMap(mine -> number(wanted).map(mine::compareTo))
                        .orElseGet(() -> number.toString().compareTo(wanted));
            default -> value.toString().compareTo(wanted);
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(BigDecimal.ONE);
                case "false" -> Optional.of(BigDecimal.ZERO);
                default -> Optional.empty();
            };
        }
    }

    private static String lower(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
