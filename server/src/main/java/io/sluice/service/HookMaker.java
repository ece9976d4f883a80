package io.sluice.service;

import java.net.URI;

/** A {@link GitHost} that can make a webhook of a repository through its API. */
public interface HookMaker {
    /**
     * Makes the webhook for pushes, or brings the one with the same address up to date. Never throws for an expected outcome.
     *
     * @param secret that the host signs its deliveries with, or sends along
     */
    Made make(String repository, URI address, String secret);

    /** What came of it. */
    sealed interface Made {
        /** It is there. {@code id} as the host numbers it. */
        record Ready(String id, boolean isNew) implements Made {}

        /** The host does not let the service's credentials do this, or could not be asked; in words that say what to do. */
        record Refused(String why) implements Made {}
    }
}
