package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one kind of Git host tells of commits, beside the files in them. Thread-safe. */
interface RepoHistory {
    /** See {@link io.sluice.service.GitHost#fullName}. */
    String fullName(String repository);

    /** See {@link io.sluice.service.GitHost#knownName}. */
    default Optional<String> knownName(String repository) {
        return Optional.of(fullName(repository));
    }

    /** See {@link io.sluice.service.GitHost#defaultBranch}. Of the spot only the repository counts. */
    Optional<String> defaultBranch(Spot spot) throws NotRead;

    /** How two commits, named by their ids, stand to each other. Of the spot only the repository counts. */
    Ancestry ancestry(Spot spot, String older, String newer) throws NotRead;

    /** The ids of all plain files at the spot's reference, by path. Empty when the host cannot tell them at once. */
    Optional<Map<String, String>> blobs(Spot spot) throws NotRead;

    List<NamedCommit> branches(Spot spot, Page page) throws NotRead;

    List<NamedCommit> tags(Spot spot, Page page) throws NotRead;

    /** The newest first, from the spot's reference on; those that changed its path, where it has one. */
    List<Commit> commits(Spot spot, Page page) throws NotRead;
}
