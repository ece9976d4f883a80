package io.sluice.service;

import java.util.Map;
import java.util.Optional;

/** A {@link TextSource} whose texts have commits. */
public interface GitHost extends TextSource {
    /** The commit id that a branch or tag points at now; {@code Found.text} is the id. An empty reference means the default branch. */
    Reading head(String repository, String reference);

    /**
     * The one name that the host itself gives that repository, in lower case: {@code acme/sales}. What links and deliveries call by
     * different names is one repository when these are equal. May ask the host. When the host does not answer it is the name as given,
     * and {@link #knownName} is empty.
     */
    default String fullName(String repository) {
        return repository.toLowerCase(java.util.Locale.ROOT);
    }

    /** The same at once, without asking the host; empty when only the host can tell and has not told yet. */
    default Optional<String> knownName(String repository) {
        return Optional.of(fullName(repository));
    }

    /** The name of the default branch, without {@code refs/heads/}; empty when the host does not say. */
    default Optional<String> defaultBranch(String repository) {
        return Optional.empty();
    }

    /** How two commits stand to each other. */
    default Ancestry ancestry(String repository, String older, String newer) {
        return Ancestry.UNKNOWN;
    }

    /**
     * The Git object ids of all files at a commit, by path, in as few calls as the host allows. Empty when the host cannot say, or
     * the tree is too large to be told at once.
     */
    default Optional<Map<String, String>> blobs(String repository, String commit) {
        return Optional.empty();
    }

    /** What the second of two commits is to the first. */
    enum Ancestry {
        /** They are one. */
        SAME,
        /** The second came after the first: the first is among its ancestors. */
        AFTER,
        /** The first came after the second. */
        BEFORE,
        /** Neither is an ancestor of the other: somebody rewrote the history. */
        APART,
        /**
         * The host gives out any commit that it has, has the second and not the first: somebody rewrote the history and it was cleaned up, or a part
         * of the host lags behind.
         */
        LOST,
        /** The host cannot say, however often it is asked. */
        UNKNOWN,
        /** The host did not answer this time; it may the next. */
        UNANSWERED
    }
}
