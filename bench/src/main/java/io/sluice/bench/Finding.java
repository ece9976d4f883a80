package io.sluice.bench;

/** A line of the report. */
sealed interface Finding {
    String what();

    String detail();

    /** A figure that must not be above its limit. */
    record Bar(String what, double measured, double limit, String unit, String detail) implements Finding {
        boolean isMet() {
            return measured <= limit;
        }
    }

    /** Something worth knowing, without a limit. */
    record Note(String what, String detail) implements Finding {}
}
