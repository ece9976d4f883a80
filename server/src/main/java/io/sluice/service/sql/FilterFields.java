package io.sluice.service.sql;

import io.sluice.api.filter.Filter;
import java.util.List;

/** Fields of single conditions. */
final class FilterFields {
    private FilterFields() {}

    /** The same condition on another field; whole trees stay as they are. */
    static Filter renamed(Filter condition, String field) {
        return switch (condition) {
            case Filter.Comparison(String was, Filter.Operator operator, Filter.Operand value) ->
                new Filter.Comparison(field, operator, value);
            case Filter.In(String was, List<Filter.Operand> values) -> new Filter.In(field, values);
            case Filter.Between(String was, Filter.Operand low, Filter.Operand high) ->
                new Filter.Between(field, low, high);
            case Filter.IsNull(String was) -> new Filter.IsNull(field);
            case Filter.And and -> and;
            case Filter.Or or -> or;
            case Filter.Not not -> not;
        };
    }
}
