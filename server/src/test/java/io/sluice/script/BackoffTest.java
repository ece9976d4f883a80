package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Draws;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);

    @Test
    void pauses_lie_between_one_second_and_five_minutes() {
        Draws.times(1_000, draw -> {
            int failures = draw.of(1, 2, 3, draw.between(1, 40), Integer.MAX_VALUE);
            Duration pause =
                    Backoff.doubling(FIRST, MOST, new Random(draw.any())).after(failures);
            assertThat(pause).isBetween(FIRST, MOST);
        });
    }

    @Test
    void pauses_grow_and_differ() {
        Backoff backoff = Backoff.doubling(FIRST, MOST, new Random(1));
        assertThat(backoff.after(5)).isGreaterThan(backoff.after(3));
        Set<Duration> drawn = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            drawn.add(backoff.after(1));
        }
        assertThat(drawn).hasSizeGreaterThan(10);
    }
}
