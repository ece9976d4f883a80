package io.sluice.service;

import java.util.function.Supplier;

/**
 * Whether a call may have changed anything yet. It tells a failure after which the same call can be made again from one whose
 * outcome is not known. Only calls that must not be made twice are watched; for all others {@link #begin} does nothing.
 */
public final class Effects {
    private static final ScopedValue<Effects> WATCHED = ScopedValue.newInstance();

    private volatile boolean begun;

    /** From here on something may be changed. To be said before it, on the thread of the call. */
    public static void begin() {
        if (WATCHED.isBound()) {
            WATCHED.get().begun = true;
        }
    }

    /** Does the work and watches it. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(WATCHED, this).call(work::get);
    }

    /** Something may have been changed; false is certain, true is not. */
    public boolean begun() {
        return begun;
    }
}
