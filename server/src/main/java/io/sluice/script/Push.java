package io.sluice.script;

/**
 * A delivery's claim that a repository changed. Nothing in it is believed: it says where to look.
 *
 * @param repository as the host calls it, in the form of {@link io.sluice.service.GitHost#fullName} or not; empty: every one of the
 *     service
 * @param reference {@code refs/heads/main}, {@code refs/tags/v1}; empty: any
 * @param by who says so, for the log: {@code webhook:github delivery=72d3162e}
 */
public record Push(long serviceId, String repository, String reference, String by) {}
