package io.sluice.script;

import io.sluice.service.OutboundRule;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this room lets others set.
 *
 * @param fetchTimeout how long a call waits for a linked text before the last good version runs
 * @param retryPause how soon after a failure a call that cannot run without it may ask the source again
 * @param backoff pauses of the retries in the background
 * @param programs how many compiled programs are kept
 * @param platformConfig what scripts see as {@code platform.config}
 * @param queue calls whose scripts run or wait at the same time
 * @param storeBytes what {@code platform.store} holds at most
 * @param around what they may know of lookups and roles
 * @param outbound hosts that scripts may call beside those at public addresses
 */
public record ScriptSettings(
        Clock clock,
        Duration fetchTimeout,
        Duration retryPause,
        Backoff backoff,
        Timetable timetable,
        int programs,
        Map<String, @Nullable Object> platformConfig,
        int queue,
        long storeBytes,
        OutboundRule outbound,
        Surroundings around) {

    private static final Duration FETCH_TIMEOUT = Duration.ofMillis(2000);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);
    private static final int PROGRAMS = 256;
    private static final int QUEUE = 1000;
    private static final long STORE_BYTES = 64L << 20;

    public static ScriptSettings standard(Clock clock) {
        return new ScriptSettings(
                clock,
                FETCH_TIMEOUT,
                FIRST_RETRY,
                Backoff.doubling(FIRST_RETRY, SLOWEST_RETRY, RandomGenerator.getDefault()),
                Timetable.onOneThread("script-timetable"),
                PROGRAMS,
                Map.of("name", "Sluice", "version", version(), "api_version", "2.0"),
                QUEUE,
                STORE_BYTES,
                OutboundRule.PUBLIC_ONLY,
                Surroundings.NONE);
    }

    public ScriptSettings withFetchTimeout(Duration timeout) {
        return new ScriptSettings(
                clock,
                timeout,
                retryPause,
                backoff,
                timetable,
                programs,
                platformConfig,
                queue,
                storeBytes,
                outbound,
                around);
    }

    public ScriptSettings withQueue(int most) {
        return new ScriptSettings(
                clock,
                fetchTimeout,
                retryPause,
                backoff,
                timetable,
                programs,
                platformConfig,
                most,
                storeBytes,
                outbound,
                around);
    }

    public ScriptSettings withStoreBytes(long most) {
        return new ScriptSettings(
                clock,
                fetchTimeout,
                retryPause,
                backoff,
                timetable,
                programs,
                platformConfig,
                queue,
                most,
                outbound,
                around);
    }

    public ScriptSettings withSurroundings(Surroundings others) {
        return new ScriptSettings(
                clock,
                fetchTimeout,
                retryPause,
                backoff,
                timetable,
                programs,
                platformConfig,
                queue,
                storeBytes,
                outbound,
                others);
    }

    public ScriptSettings withOutbound(OutboundRule rule) {
        return new ScriptSettings(
                clock,
                fetchTimeout,
                retryPause,
                backoff,
                timetable,
                programs,
                platformConfig,
                queue,
                storeBytes,
                rule,
                around);
    }

    private static String version() {
        @Nullable String known = ScriptSettings.class.getPackage().getImplementationVersion();
        return known == null ? "development" : known;
    }
}
