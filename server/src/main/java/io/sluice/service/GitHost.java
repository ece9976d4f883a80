package io.sluice.service;

/** A {@link TextSource} whose texts have commits. */
public interface GitHost extends TextSource {
    /** The commit id that a branch or tag points at now; {@code Found.text} is the id. An empty reference means the default branch. */
    Reading head(String repository, String reference);
}
