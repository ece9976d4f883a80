package io.sluice.engine;

/** The files around a script, all at one version: where its imports are looked up. */
public interface Tree {
    /** @param path plain names with slashes between, without one at the start */
    Leaf leaf(String path);

    /** What lies at a path. */
    sealed interface Leaf {
        record Text(String text) implements Leaf {}

        /** No text lies there, or one that may not be read; in words for the script's author. */
        record None(String why) implements Leaf {}
    }
}
