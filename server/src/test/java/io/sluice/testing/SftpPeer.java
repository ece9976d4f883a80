package io.sluice.testing;

import java.nio.file.Path;
import java.util.Map;

/** An SSH server on a port of 127.0.0.1. */
public interface SftpPeer extends AutoCloseable {
    int port();

    /** The folder that the login starts in, as the login sees it, is this folder of the machine. */
    Path folder();

    /** What a service's config says of who logs in. */
    Map<String, Object> login();

    /** Of the key that it shows, as {@code ssh-keygen -l} prints it. */
    String fingerprint();

    @Override
    void close();
}
