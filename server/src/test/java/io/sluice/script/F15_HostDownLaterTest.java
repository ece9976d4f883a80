package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The host is down later: the last good version runs, the host is asked once however many call, and again with growing pauses that differ. */
class F15_HostDownLaterTest extends FreshRoom {
    @Test
    void five_hundred_calls_on_a_dead_host_cause_one_read_and_run_the_last_good_version() throws Exception {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.scripts.clear(A, "webhook");
        room.source.die();
        concurrently(500, () -> room.says(A))
                .forEach(said -> assertThat(said).isEqualTo("good"));
        assertThat(room.source.reads()).isEqualTo(2);
        assertThat(room.time.pauses()).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void pauses_of_many_do_not_fall_together() {
        Backoff backoff = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(7));
        assertThat(IntStream.range(0, 50).mapToObj(i -> backoff.after(6)).distinct())
                .hasSizeGreaterThan(40);
    }
}
