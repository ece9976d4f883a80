package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppedTest {
    private static final long MILLI = 1_000_000;

    private final Limits limits = new Limits(0, 300, 64 << 20);

    private Run ended(Outcome outcome) {
        return new Run(outcome, List.of(), Duration.ofMillis(300));
    }

    @Test
    void aRunThatLostMuchOfItsTimeBeforeItBeganSaysSo() {
        Run run = Stopped.afterWaiting(250 * MILLI, ended(Stopped.by(Limit.TIME, limits)), limits);
        assertThat(run.outcome())
                .isEqualTo(new Outcome.Stopped(
                        Limit.TIME,
                        "It was stopped because its limit of 300 ms was over, 250 ms of which it had waited for a free"
                                + " worker. Try again later, or raise timeout_ms."));
    }

    @Test
    void otherRunsAreLeftAsTheyAre() {
        for (Outcome outcome : List.of(
                Stopped.by(Limit.MEMORY, limits),
                new Outcome.Completed(false, null),
                new Outcome.Threw(500, "x", ""))) {
            Run run = ended(outcome);
            assertThat(Stopped.afterWaiting(250 * MILLI, run, limits)).isSameAs(run);
        }
        Run atOnce = ended(Stopped.by(Limit.TIME, limits));
        assertThat(Stopped.afterWaiting(10 * MILLI, atOnce, limits)).isSameAs(atOnce);
    }
}
