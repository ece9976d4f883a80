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
 * @param timetable when what was put off is done
 * @param platformConfig what scripts see as {@code platform.config}
 * @param outbound hosts that scripts may call beside those at public addresses
 * @param around what they may know of lookups and roles
 */
public record ScriptSettings(
        Clock clock,
        Timetable timetable,
        Sources sources,
        Bounds bounds,
        Map<String, @Nullable Object> platformConfig,
        OutboundRule outbound,
        Surroundings around) {

    /**
     * How linked texts are asked for.
     *
     * @param timeout how long a call waits for one before the last good version runs
     * @param retryPause how soon after a failure a call that cannot run without it may ask the source again
     * @param backoff pauses of the retries in the background
     */
    public record Sources(Duration timeout, Duration retryPause, Backoff backoff) {
        private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
        private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);

        public static Sources within(Duration timeout) {
            return new Sources(
                    timeout, FIRST_RETRY, Backoff.doubling(FIRST_RETRY, SLOWEST_RETRY, RandomGenerator.getDefault()));
        }
    }

    /**
     * What is kept and done at most.
     *
     * @param programs compiled ones that are kept
     * @param queue calls whose scripts run or wait at the same time
     * @param storeBytes what {@code platform.store} holds
     */
    public record Bounds(int programs, int queue, long storeBytes) {
        public static final int PROGRAMS = 256;
    }

    public static ScriptSettings of(
            Clock clock, Sources sources, Bounds bounds, OutboundRule outbound, Surroundings around) {
        return new ScriptSettings(
                clock, Timetable.onOneThread("script-timetable"), sources, bounds, ofThisServer(), outbound, around);
    }

    /** What scripts see as {@code platform.config}. */
    public static Map<String, @Nullable Object> ofThisServer() {
        @Nullable String known = ScriptSettings.class.getPackage().getImplementationVersion();
        return Map.of("name", "Sluice", "version", known == null ? "development" : known, "api_version", "2.0");
    }
}
