package io.sluice.script;

import java.util.List;
import java.util.Set;

/** For whom sources are looked at. */
enum Manner {
    /** A call needs the script: it is taken for itself. */
    FOR_A_CALL,
    /** Somebody asked for these scripts: each is taken for itself, and where its branch was moved back it goes back. */
    ON_REQUEST,
    /** Their branch may have moved: they move as one release. */
    AS_ONE_RELEASE;

    /** What may be stored of the findings of one look when some of them are worth nothing any more. */
    List<Finding> holding(List<Finding> findings, Set<Finding> outdated) {
        return this == AS_ONE_RELEASE
                ? WholeRelease.unbroken(findings, outdated)
                : findings.stream().filter(one -> !outdated.contains(one)).toList();
    }
}
