package io.sluice.webhook;

import java.util.List;

/**
 * Which pushes a webhook is for; an empty list is for all.
 *
 * @param branches names of branches and tags, without {@code refs/heads/}
 * @param paths of files in the repository
 */
record Filter(List<Glob> branches, List<Glob> paths) {

    static Filter of(List<String> branches, List<String> paths) {
        return new Filter(
                branches.stream().map(Glob::of).toList(),
                paths.stream().map(Glob::of).toList());
    }

    /** The moves that pass. */
    List<Claim.Move> of(Claim claim) {
        return touches(claim) ? claim.moves().stream().filter(this::names).toList() : List.of();
    }

    private boolean names(Claim.Move move) {
        return branches.isEmpty() || branches.stream().anyMatch(glob -> glob.matches(move.name()));
    }

    /** Where the delivery does not tell all its paths, any may be among them. */
    private boolean touches(Claim claim) {
        return paths.isEmpty()
                || claim.paths()
                        .map(told ->
                                told.stream().anyMatch(path -> paths.stream().anyMatch(glob -> glob.matches(path))))
                        .orElse(true);
    }
}
