package io.sluice.api.filter;

/** The three values of SQL's logic: what is compared with null is unknown, and unknown is not a match. */
enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    Truth and(Truth other) {
        return ordinal() <= other.ordinal() ? this : other;
    }

    Truth or(Truth other) {
        return ordinal() >= other.ordinal() ? this : other;
    }
}
