package io.sluice.bench;

/** A line of the report. */
sealed interface Finding {
    String what();

    String detail();

    /** A figure with a limit. NaN, a figure that could not be taken, meets none. */
    sealed interface Judged extends Finding {
        double measured();

        double limit();

        String unit();

        boolean isMet();
    }

    /** A figure that must not be above its limit. */
    record Bar(String what, double measured, double limit, String unit, String detail) implements Judged {
        @Override
        public boolean isMet() {
            return measured <= limit;
        }
    }

    /** A figure that must not be below its limit. */
    record Floor(String what, double measured, double limit, String unit, String detail) implements Judged {
        @Override
        public boolean isMet() {
            return measured >= limit;
        }
    }

    /** Something worth knowing, without a limit. */
    record Note(String what, String detail) implements Finding {}
}
