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
        OutboundRule outbound) {

    private static final Duration FETCH_TIMEOUT = Duration.ofMillis(2000);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);
    private static final int PROGRAMS = 256;

    public static ScriptSettings standard(Clock clock) {
        return new ScriptSettings(
                clock,
                FETCH_TIMEOUT,
                FIRST_RETRY,
                Backoff.doubling(FIRST_RETRY, SLOWEST_RETRY, RandomGenerator.getDefault()),
                Timetable.onOneThread("script-timetable"),
                PROGRAMS,
                Map.of("name", "Sluice", "version", version(), "api_version", "2.0"),
                OutboundRule.PUBLIC_ONLY);
    }

    public ScriptSettings withFetchTimeout(Duration timeout) {
        return new ScriptSettings(clock, timeout, retryPause, backoff, timetable, programs, platformConfig, outbound);
    }

    public ScriptSettings withOutbound(OutboundRule rule) {
        return new ScriptSettings(clock, fetchTimeout, retryPause, backoff, timetable, programs, platformConfig, rule);
    }

    private static String version() {
        @Nullable String known = ScriptSettings.class.getPackage().getImplementationVersion();
        return known == null ? "development" : known;
    }
}
