package io.sluice.service.file.connected;

import java.io.IOException;
import java.net.InetAddress;

/** Connects to one server and logs in. */
public interface Connector {
    /** An exception that is no {@link io.sluice.service.file.StoreFailure} says that this address cannot be reached; another may be. */
    Connection connect(InetAddress address) throws IOException;

    /** Gives back what its connections share. All of them are closed. */
    default void close() {}
}
