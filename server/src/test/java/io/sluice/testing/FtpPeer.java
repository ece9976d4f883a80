package io.sluice.testing;

import java.nio.file.Path;

/** An FTP server on 127.0.0.2 that a {@link CuttingProxy} with the same numbers of ports stands before. */
public interface FtpPeer extends AutoCloseable {
    /** The address that the proxy leads to. */
    String ADDRESS = "127.0.0.2";

    /** The folder that the login starts in, as the login sees it, is this folder of the machine. */
    Path folder();

    String username();

    String password();

    @Override
    void close();
}
