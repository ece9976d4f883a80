package io.sluice.service.file.connected;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A logged-in connection to a server that keeps files; used by one call at a time. Paths are absolute on the server. A
 * {@link io.sluice.service.file.StoreFailure} or {@link Refusal} is the server's word, after which the connection goes on; any other
 * {@link IOException} says that it broke.
 */
public interface Connection {
    /** The folder that the login starts in. */
    String home();

    /** Asks the server whether it is still there. */
    boolean answers();

    /** False once it broke, or when a file was not read to its end where that cannot be stopped otherwise. */
    boolean usable();

    /** What lies at that path, links followed, when it is of that kind. */
    Optional<Node> find(String path, boolean folder) throws IOException;

    /** What lies in a folder, hidden names included, links as such where the server tells. */
    List<Node> list(String folder) throws IOException;

    /**
     * The bytes of a file from there on, at most so many. A content that ends too early is an {@link IOException}. Until it is closed
     * nothing else may be asked of this connection.
     */
    InputStream read(String file, long from, long length) throws IOException;

    /** Makes or overwrites a file. Returns when the server has said that it has all of it. */
    void write(String file, InputStream content) throws IOException;

    /** Renames; over a file that is there if the server does that, else it is refused. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file or a link. */
    void delete(String file) throws IOException;

    void makeFolder(String folder) throws IOException;

    /** Deletes an empty folder. */
    void deleteFolder(String folder) throws IOException;

    /**
     * Removes a folder that goes in one step: a link to one, which some servers show as a folder itself, or perhaps an empty one. False
     * when it is a folder that must be emptied first.
     */
    boolean removedAtOnce(String folder) throws IOException;

    /** Ends it without waiting for the server. */
    void close();
}
