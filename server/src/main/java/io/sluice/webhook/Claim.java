package io.sluice.webhook;

import java.util.List;
import java.util.Optional;

/**
 * What a delivery says that happened in a repository. Only where to look is taken from it, never what is there.
 *
 * @param repository as the host calls it: {@code acme/sales}
 * @param moves at least one
 * @param paths of files that were added, changed or removed; empty when the delivery does not tell them all
 */
record Claim(String repository, List<Move> moves, Optional<List<String>> paths) {
    private static final int LONGEST_NAME = 255;

    Claim {
        moves = List.copyOf(moves);
        paths = paths.map(List::copyOf);
    }

    /** The same for whoever looks: the paths of a large push, and of many, are not held as long as that. */
    Claim withoutPaths() {
        return new Claim(repository, moves, Optional.empty());
    }

    /**
     * A branch or tag that points elsewhere now.
     *
     * @param reference {@code refs/heads/main}
     * @param before commit id, empty when it is new or the delivery does not say
     * @param after commit id, empty when it is gone or the delivery does not say
     */
    record Move(String reference, String before, String after, boolean created, boolean deleted, boolean forced) {
        /** Whether a host that shows that commit does not show this move yet, as far as the delivery can be believed. */
        boolean isAheadOf(String seen) {
            return !deleted && !after.isEmpty() && !after.equals(before) && seen.equals(before);
        }

        /** {@code main} of {@code refs/heads/main}. */
        String name() {
            return Claim.name(reference);
        }
    }

    /** The same of a reference. */
    static String name(String reference) {
        return reference.replaceFirst("^refs/(heads|tags)/", "");
    }

    /** Names that can be kept in the log as they are. */
    boolean isPlain() {
        return isPlain(repository)
                && !moves.isEmpty()
                && moves.stream().map(Move::reference).allMatch(Claim::isPlain);
    }

    private static boolean isPlain(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl)
                && name.chars().noneMatch(c -> c == '\u2028' || c == '\u2029');
    }
}
