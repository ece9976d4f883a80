package io.sluice.http;

import java.time.Duration;

/**
 * How to listen.
 *
 * @param port TCP port, 0 to pick a free one
 * @param maxBodyBytes largest request body that is held in memory; more is a 413
 * @param maxUploadBytes largest request body that is streamed, to where files are kept; more is a 413
 * @param idleTimeout how long a connection may be silent, also in the middle of a body
 */
public record HttpSettings(String host, int port, int maxBodyBytes, long maxUploadBytes, Duration idleTimeout) {
    private static final int DEFAULT_BODY = 16 << 20;
    private static final Duration DEFAULT_IDLE = Duration.ofSeconds(60);

    public HttpSettings(String host, int port) {
        this(host, port, DEFAULT_BODY);
    }

    public HttpSettings(String host, int port, int maxBodyBytes) {
        this(host, port, maxBodyBytes, maxBodyBytes);
    }

    public HttpSettings(String host, int port, int maxBodyBytes, long maxUploadBytes) {
        this(host, port, maxBodyBytes, Math.max(maxBodyBytes, maxUploadBytes), DEFAULT_IDLE);
    }
}
