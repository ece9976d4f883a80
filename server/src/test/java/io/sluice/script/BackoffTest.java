package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);

    @Property
    void pauses_lie_between_one_second_and_five_minutes(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        Duration pause = Backoff.doubling(FIRST, MOST, new Random(seed)).after(failures);
        assertThat(pause).isBetween(FIRST, MOST);
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
