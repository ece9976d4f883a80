package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Releases are swapped while calls run: each sees exactly one, none waits or fails, and the promotion number never goes back. */
class F26_FlipDuringTrafficTest extends FreshRoom {
    private static final int PUSHES = 60;

    @Test
    void each_call_sees_one_release_from_start_to_end() throws Exception {
        push(0);
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.push(PUSH);
        int heads = room.source.headsAsked.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> flips = threads.submit(() -> IntStream.rangeClosed(1, PUSHES).forEach(this::push));
            Callable<Integer> calls = () -> {
                int made = 0;
                long promotion = 0;
                int version = 0;
                while (!flips.isDone() || made == 0) {
                    RunScope call = room.open();
                    int first = Integer.parseInt(says(room.run(A, call)));
                    int nested = Integer.parseInt(says(room.run(B, call.nested(Long.MAX_VALUE))));
                    assertThat(first).isEqualTo(nested).isGreaterThanOrEqualTo(version);
                    assertThat(says(room.run(A, call))).isEqualTo("" + first);
                    assertThat(call.pins().release().promotion()).isGreaterThanOrEqualTo(promotion);
                    promotion = call.pins().release().promotion();
                    version = first;
                    made++;
                }
                return made;
            };
            List<Future<Integer>> callers =
                    IntStream.range(0, 4).mapToObj(i -> threads.submit(calls)).toList();
            for (Future<Integer> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
            flips.get();
        }
        assertThat(room.says(A)).isEqualTo("" + PUSHES);
        assertThat(room.source.headsAsked.get() - heads).as("no call looked by itself").isEqualTo(PUSHES);
    }

    private void push(int number) {
        room.source.commits(Map.of("a.js", "return " + number, "b.js", "return " + number));
        room.scripts.push(PUSH);
    }
}
