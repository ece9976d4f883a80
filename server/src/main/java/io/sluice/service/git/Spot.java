package io.sluice.service.git;

import io.sluice.service.TextSource.Address;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * A judged place in a repository: no part of it climbs ({@code ..}), starts at a root, or holds control characters.
 *
 * @param reference branch, tag, full {@code refs/…} name or commit id; empty for the default branch
 * @param path without slashes at its ends; empty for the root
 */
record Spot(String repository, String reference, String path) {
    private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-f]{40}");

    static Spot of(Address address) throws NotRead {
        String repository = trimmed(address.repository());
        if (repository.isEmpty()) {
            throw NotRead.missing("no repository is named");
        }
        String reference = address.reference().trim();
        if (!reference.isEmpty() && !Repository.isValidRefName("refs/heads/" + reference)) {
            throw NotRead.missing("'" + shown(reference) + "' cannot be the name of a branch, tag or commit");
        }
        String path = judged(trimmed(address.path()), "path");
        if (names(path).anyMatch(name -> name.equalsIgnoreCase(Constants.DOT_GIT))) {
            throw refused("path", path); // no part of a tree that Git itself would write
        }
        return new Spot(judged(repository, "repository"), reference, path);
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static String judged(String path, String what) throws NotRead {
        boolean climbs = names(path).anyMatch(name -> name.equals("..") || name.equals("."));
        if (climbs
                || path.contains("//")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)) {
            throw refused(what, path);
        }
        return path;
    }

    private static Stream<String> names(String path) {
        return Stream.of(path.split("/"));
    }

    private static NotRead refused(String what, String path) {
        return NotRead.missing("the " + what + " '" + shown(path) + "' is refused: it must consist of plain names");
    }

    /** Text of a caller as a message may show it: printable, not endless, without what looks like credentials. */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?").replaceAll("(?<=://|^)[^/@\\s]*:[^/@\\s]*@", "***@");
        return printable.length() > 200 ? printable.substring(0, 200) + "…" : printable;
    }

    /** The same place at another reference. */
    Spot at(String other) {
        return new Spot(repository, other, path);
    }

    /** The root of the repository at the same reference. */
    Spot root() {
        return new Spot(repository, reference, "");
    }

    boolean isCommitId() {
        return COMMIT_ID.matcher(reference).matches();
    }

    boolean isRoot() {
        return path.isEmpty();
    }

    /** {@code sales@main:orders.js}. */
    @Override
    public String toString() {
        return new Address(repository, reference, path).toString();
    }
}
