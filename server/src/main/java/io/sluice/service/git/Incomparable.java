package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;

/** What it means that a host cannot compare two commits: it lacks one of them, or they have nothing in common. */
final class Incomparable {
    private Incomparable() {}

    static Ancestry of(Spot older, Spot newer, RepoHost host) throws NotRead {
        if (!has(host, newer)) {
            return Ancestry.UNKNOWN;
        }
        return has(host, older) ? Ancestry.APART : Ancestry.LOST;
    }

    private static boolean has(RepoHost host, Spot commit) throws NotRead {
        try {
            return host.headAtHost(commit).id().equals(commit.reference());
        } catch (NotRead e) {
            if (e.isMissing()) {
                return false;
            }
            throw e;
        }
    }
}
