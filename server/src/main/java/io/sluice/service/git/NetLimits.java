package io.sluice.service.git;

import java.time.Duration;

/**
 * How long and how much a Git host may take.
 *
 * @param connect until a connection stands
 * @param api one answer of a provider's API, from the first byte sent to the last received
 * @param fetch one fetch by Git, all in all
 * @param packBytes the most that one fetch brings, compressed
 * @param cacheBytes the most that fetched repositories of one service keep in memory
 */
record NetLimits(Duration connect, Duration api, Duration fetch, long packBytes, long cacheBytes) {
    static final NetLimits DEFAULT =
            new NetLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30), 32L << 20, 16L << 20);
}
