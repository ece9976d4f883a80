package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;

/** What it means that a host cannot compare two commits. */
final class Incomparable {
    private Incomparable() {}

    /** When it has the newer one, it is the older one that it lacks. */
    static Ancestry ifThereIs(Spot newer, RepoHost host) throws NotRead {
        try {
            return host.head(newer).id().equals(newer.reference()) ? Ancestry.LOST : Ancestry.UNKNOWN;
        } catch (NotRead e) {
            if (e.isMissing()) {
                return Ancestry.UNKNOWN;
            }
            throw e;
        }
    }
}
