package io.sluice.engine;

import java.util.function.Supplier;

/** Tells an engine that the run it is asked for serves a call that another script made, and so must not wait for that one's place. */
public final class Nesting {
    private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

    private Nesting() {}

    /** Does what a script asked for, on the same thread. */
    public static <T> T within(Supplier<T> work) {
        return INSIDE.isBound() ? work.get() : ScopedValue.where(INSIDE, true).call(work::get);
    }

    /** Whether this thread serves a call of a script. */
    public static boolean isInside() {
        return INSIDE.isBound();
    }
}
