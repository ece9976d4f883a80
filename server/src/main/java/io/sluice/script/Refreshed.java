package io.sluice.script;

import java.util.Optional;

/** What came of looking at the source of a script. */
public sealed interface Refreshed {
    /** A new version became the current one. */
    record Promoted(Version version, long promotion) implements Refreshed {}

    /** The source has what is current already, or what a rollback turned away from; {@code note} says which. */
    record Unchanged(Version version, String note) implements Refreshed {}

    /**
     * Nothing usable came. The last good version, if any, goes on running.
     *
     * @param why in plain words, with line and column when it does not compile
     */
    record Refused(String why, Optional<Version> goesOn) implements Refreshed {}
}
