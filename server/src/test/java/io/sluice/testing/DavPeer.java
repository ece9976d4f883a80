package io.sluice.testing;

import java.nio.file.Path;

/** A WebDAV server over a folder of this machine, with one user. */
public interface DavPeer extends AutoCloseable {
    String USER = "ann";
    String PASSWORD = "très secret";

    int port();

    /** Below the port's root: {@code /files}. */
    String path();

    /** What it serves there. */
    Path folder();

    @Override
    void close() throws Exception;
}
