package io.sluice.service.git;

/**
 * What a fetch brings.
 *
 * @param depth commits of each line of history
 * @param leftOut a filter of Git's protocol for what the server leaves out where it can; empty for nothing
 */
record FetchPlan(int depth, String leftOut) {
    /** One commit with its trees and all files that are not too large to be read. */
    static final FetchPlan ONE_COMMIT = new FetchPlan(1, "blob:limit=" + (RepoHost.MAX_FILE_BYTES + 1));

    static FetchPlan commitsAlone(int depth) {
        return new FetchPlan(depth, "tree:0");
    }

    static FetchPlan commitsAndTrees(int depth) {
        return new FetchPlan(depth, "blob:none");
    }

    FetchPlan leavingNothingOut() {
        return new FetchPlan(depth, "");
    }
}
