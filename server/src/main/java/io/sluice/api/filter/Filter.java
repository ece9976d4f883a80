package io.sluice.api.filter;

import java.util.List;

/** A parsed filter. {@code nor} and {@code xor} are written with the three connectives. */
public sealed interface Filter {
    /** All hold; two parts or more. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One holds at least; two parts or more. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Filter part) implements Filter {}

    record Comparison(String field, Operator operator, Operand value) implements Filter {}

    /** {@code field in (…)}; an empty list cannot be written. */
    record In(String field, List<Operand> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** Both bounds included. */
    record Between(String field, Operand low, Operand high) implements Filter {}

    record IsNull(String field) implements Filter {}

    /** What a comparison asks. LIKE takes {@code %} and {@code _}; the last three take their text literally. */
    enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        LIKE,
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }

    /** The right side: always a value, never SQL. */
    sealed interface Operand {
        /** Text as written, quotes taken off; what it means depends on the column's type. */
        record Literal(String text, boolean quoted) implements Operand {}

        /** {@code :name}, to be bound from {@code params} by its name with the colon; a missing one is text as it stands. */
        record Parameter(String name) implements Operand {}
    }
}
