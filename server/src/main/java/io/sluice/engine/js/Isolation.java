package io.sluice.engine.js;

/** Keeps the runs of one script apart. Whatever a run did to a place, the next one must not see. Thread-safe. */
interface Isolation extends AutoCloseable {
    /** A place for one run, on the calling thread. */
    Place enter();

    /** Takes it back after the run, on the same thread. */
    void leave(Place place);

    /** Gives back what was made ahead. Runs under way end normally. */
    @Override
    void close();
}
