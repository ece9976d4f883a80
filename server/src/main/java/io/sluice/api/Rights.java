package io.sluice.api;

import java.util.Optional;

/** What the caller may do with one service. A component is a path below the service, such as {@code _table/contact}. */
public interface Rights {
    /** Everything, no row filter. */
    Rights ALL = new Rights() {
        @Override
        public int mask(String component) {
            return 31;
        }

        @Override
        public Optional<RowRule> rows(Verb verb, String component) {
            return Optional.empty();
        }
    };

    /** The verbs allowed on that component, as a mask of {@link Verb#mask}. */
    int mask(String component);

    /** The row filter that holds for that verb on that component, empty when there is none. */
    Optional<RowRule> rows(Verb verb, String component);

    default boolean may(Verb verb, String component) {
        return (mask(component) & verb.mask()) != 0;
    }

    /**
     * Whether the caller's rights speak of that component by its name, not only of all of its kind. What they say then holds under
     * an alias too.
     */
    default boolean names(String component) {
        return true;
    }

    /** Whether that verb may be allowed on some component that begins so: what a placeholder may stand for. */
    default boolean mayBelow(Verb verb, String prefix) {
        return may(verb, prefix + "*");
    }
}
