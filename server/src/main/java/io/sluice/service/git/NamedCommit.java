package io.sluice.service.git;

/** A branch or tag without {@code refs/…/} in front, and the id of the commit that it points at. */
record NamedCommit(String name, String commit) {}
