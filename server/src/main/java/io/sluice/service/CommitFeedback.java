package io.sluice.service;

import java.util.Optional;

/** A {@link GitHost} that shows at a commit what became of it. */
public interface CommitFeedback {
    /** Whether its config asks for it. */
    boolean wanted();

    /**
     * Puts a status beside the commit, in place of an earlier one of the same context. Never throws for an expected outcome.
     *
     * @return why it could not be put there, empty when it was
     */
    Optional<String> tell(String repository, String commit, Status status);

    /**
     * What is shown.
     *
     * @param context whose status it is: {@code sluice}
     * @param description at most 140 characters: {@code 3 scripts promoted}
     */
    record Status(State state, String context, String description) {}

    /** How it went. */
    enum State {
        PENDING,
        SUCCESS,
        FAILURE
    }
}
