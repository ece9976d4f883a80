package io.sluice.outbound;

import java.time.Duration;

/**
 * What one run may have at a {@link Gate}.
 *
 * @param connections at the same time, those that have not asked for anything aside
 * @param bytes in both directions and all connections
 * @param connecting how long a host may take to take a connection
 * @param idle how long nothing may come in either direction
 */
record Bounds(int connections, long bytes, Duration connecting, Duration idle) {
    static final Bounds USUAL = new Bounds(16, 256L << 20, Duration.ofSeconds(5), Duration.ofSeconds(30));
}
