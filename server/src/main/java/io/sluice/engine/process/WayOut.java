package io.sluice.engine.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Leads children out of their empty networks, to listed hosts; the server's part of it. Thread-safe. */
public interface WayOut {
    /** Leads nowhere: children with a list have no network, like those without. */
    WayOut NONE = (socket, hosts) -> Optional.empty();

    /**
     * Makes a way out for one child, shut at first.
     *
     * @param socket where it listens in the file system; everybody who is shown it may connect.
     *     and is gone when the door is closed
     * @param hosts as a script's record lists them
     * @return empty when there is no way out of this server
     */
    Optional<Door> open(Path socket, List<String> hosts) throws IOException;

    /** The way out of one child: open while it serves a run. */
    interface Door extends AutoCloseable {
        /** A run begins: connections are taken from now on. */
        void open();

        /** The run is over: ends its connections, and takes no others. */
        void shut();

        /** The child is gone. */
        @Override
        void close();
    }
}
