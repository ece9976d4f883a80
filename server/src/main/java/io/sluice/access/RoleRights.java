package io.sluice.access;

import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a role allows on one service to one kind of requestor. */
record RoleRights(RoleRules role, OptionalLong service, int requestor, UnaryOperator<String> lookups)
        implements Rights {

    /** Nothing at all. */
    static final Rights NONE = new Rights() {
        @Override
        public int mask(String component) {
            return 0;
        }

        @Override
        public Optional<RowRule> rows(Verb verb, String component) {
            return Optional.empty();
        }
    };

    @Override
    public int mask(String component) {
        return role.mask(service, component, requestor);
    }

    @Override
    public boolean names(String component) {
        return role.names(service, component, requestor);
    }

    @Override
    public boolean mayBelow(Verb verb, String prefix) {
        return role.below(service, prefix, requestor, verb.mask());
    }

    @Override
    public Optional<RowRule> rows(Verb verb, String component) {
        return role.filtering(service, component, requestor, verb.mask())
                .filter(row -> !row.filters().isEmpty())
                .map(row ->
                        new RowRule(row.filters().stream().map(this::condition).toList(), row.any()));
    }

    private RowRule.Condition condition(RoleRules.RowFilter filter) {
        return new RowRule.Condition(filter.field(), filter.operator(), replaced(filter.value()));
    }

    private @Nullable Object replaced(@Nullable Object value) {
        return switch (value) {
            case String text -> lookups.apply(text);
            case List<?> list ->
                list.stream()
                        .map(each -> each instanceof String text ? lookups.apply(text) : each)
                        .toList();
            case null, default -> value;
        };
    }
}
