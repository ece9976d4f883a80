package io.sluice.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row filter of a role: a separate AND beside whatever the caller asks for.
 *
 * @param any one fitting condition is enough ({@code filter_op} OR); otherwise all must fit
 */
public record RowRule(List<Condition> conditions, boolean any) {
    public RowRule {
        conditions = List.copyOf(conditions);
    }

    /**
     * One condition, lookups such as {@code {user.id}} already replaced.
     *
     * @param operator lower case: {@code =}, {@code !=}, {@code >}, {@code >=}, {@code <}, {@code <=}, {@code in}, {@code not in},
     *     {@code starts with}, {@code ends with}, {@code contains}, {@code is null}, {@code is not null}
     */
    public record Condition(
            String field, String operator, @Nullable Object value) {}
}
