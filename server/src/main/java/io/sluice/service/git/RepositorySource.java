package io.sluice.service.git;

import java.util.List;
import java.util.Optional;

/** Where plain Git repositories come from. Thread-safe. */
interface RepositorySource extends AutoCloseable {
    /** The tree that the reference points at now. */
    CommitTree open(Spot spot) throws NotRead;

    /**
     * The commits before some references of one repository.
     *
     * @param plan what of them is needed; more may come
     */
    History history(List<Spot> tips, FetchPlan plan) throws NotRead;

    /** All references that begin so, without that beginning, by name. */
    List<NamedCommit> refs(Spot spot, String prefix) throws NotRead;

    /** Where {@code HEAD} leads; empty when it leads nowhere. */
    Optional<String> defaultBranch(Spot spot) throws NotRead;

    /** The names of the repositories, where they can be known. */
    List<String> names() throws NotRead;

    @Override
    default void close() {}
}
