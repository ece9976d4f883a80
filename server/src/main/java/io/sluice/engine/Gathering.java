package io.sluice.engine;

/** What came of looking up all that a script imports. */
public sealed interface Gathering {
    record Whole(SourceSet source) implements Gathering {}

    /** Something that the script cannot do without is not there, or it is too much; in words for the script's author. */
    record Refused(String why) implements Gathering {}
}
