package io.sluice.engine.js;

/** What the {@link PlaceMaker} fills and empties. Thread-safe. */
interface MadeAhead {
    /** Makes what is wanted. */
    void fill();

    /** Gives all back when the script has not run for a while; answers whether it did. */
    default boolean emptiedWhenIdle(long now) {
        return true;
    }

    /** How many are there. */
    default int readyCount() {
        return 0;
    }
}
