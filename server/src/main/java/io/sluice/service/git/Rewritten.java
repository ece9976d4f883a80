package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;

/** What it means that a host cannot compare two commits. */
final class Rewritten {
    private Rewritten() {}

    /** When it still has the newer one, somebody rewrote the history before it. */
    static Ancestry ifThereIs(Spot newer, RepoHost host) throws NotRead {
        try {
            return host.head(newer).id().equals(newer.reference()) ? Ancestry.APART : Ancestry.UNKNOWN;
        } catch (NotRead e) {
            if (e.isMissing()) {
                return Ancestry.UNKNOWN;
            }
            throw e;
        }
    }
}
