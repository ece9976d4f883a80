package io.sluice.service.git;

import java.util.List;

/** Where plain Git repositories come from. Thread-safe. */
interface RepositorySource extends AutoCloseable {
    /** The tree that the reference points at now. */
    CommitTree open(Spot spot) throws NotRead;

    /** The names of the repositories, where they can be known. */
    List<String> names() throws NotRead;

    @Override
    default void close() {}
}
