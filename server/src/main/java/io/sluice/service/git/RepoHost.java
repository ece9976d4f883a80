package io.sluice.service.git;

import io.sluice.service.TextSource;
import java.util.List;

/** One kind of Git host. Thread-safe. */
interface RepoHost extends AutoCloseable {
    /** The largest file that is read, in bytes. */
    int MAX_FILE_BYTES = TextSource.MAX_BYTES;

    /** The commit that the reference points at now. */
    Commit head(Spot spot) throws NotRead;

    /** The same, from the host itself also for the id of a commit that is known here: a part of the host may not have it. */
    default Commit headAtHost(Spot spot) throws NotRead {
        return head(spot);
    }

    /** A regular file of at most {@link #MAX_FILE_BYTES}, read at the commit that it comes with. */
    Blob read(Spot spot) throws NotRead;

    /** The list of a folder, or the information of a file as a map, in the host's own words. */
    Object look(Spot spot) throws NotRead;

    /** The repositories, each a map with at least {@code name}. */
    List<?> repositories(Page page) throws NotRead;

    @Override
    default void close() {}
}
