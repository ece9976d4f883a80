package io.sluice.script;

/** For whom sources are looked at. */
enum Manner {
    /** A call needs the script: it is taken for itself. */
    FOR_A_CALL,
    /** Somebody asked for these scripts: each is taken for itself, and where its branch was moved back it goes back. */
    ON_REQUEST,
    /** Their branch may have moved: they move as one release. */
    AS_ONE_RELEASE
}
