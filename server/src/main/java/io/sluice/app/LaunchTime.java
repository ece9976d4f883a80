package io.sluice.app;

import java.time.Duration;
import java.time.Instant;

/** When this process was asked for: the launcher says it; without a launcher, when the JVM began. */
final class LaunchTime {
    private LaunchTime() {}

    static Duration sinceLaunch(Instant now) {
        String said = System.getProperty("sluice.launched", "");
        Instant launched = said.matches("\\d{13}")
                ? Instant.ofEpochMilli(Long.parseLong(said))
                : ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(launched, now);
    }
}
