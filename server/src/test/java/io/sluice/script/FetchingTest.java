package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who reads a source, how often, and how long a call waits for it. */
class FetchingTest extends FreshRoom {
    @Nested
    class OneFetchAtATime {
        @Test
        void two_hundred_callers_of_a_cold_script_cause_exactly_one_read() throws Exception {
            room.source.has("a.js", "return one").hold();
            room.create(linked(A, "a.js"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> callers = IntStream.range(0, 200)
                        .mapToObj(i -> threads.submit(() -> room.says(A)))
                        .toList();
                room.source.awaitArrival();
                room.source.letAllGo();
                for (Future<String> caller : callers) {
                    assertThat(caller.get()).isEqualTo("one");
                }
            }
            assertThat(room.source.reads()).isEqualTo(1);
            assertThat(room.scripts.versions(A)).hasSize(1);
        }

        @Test
        void a_fetch_that_began_before_a_clear_is_never_stored() throws Exception {
            room.source.has("a.js", "return old").hold();
            room.create(linked(A, "a.js"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<String> caller = threads.submit(() -> room.says(A));
                room.source.awaitArrival();
                room.source.has("a.js", "return new");
                room.scripts.clear(A, "webhook");
                room.source.letAllGo();
                assertThat(caller.get()).isEqualTo("new");
            }
            assertThat(room.source.reads()).isEqualTo(2);
            assertThat(room.scripts.versions(A))
                    .extracting(version -> version.source().text())
                    .containsExactly("return new");
        }

        @Test
        void clears_without_end_do_not_keep_a_new_text_back() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.has("a.js", "return two");
            room.scripts.clear(A, "webhook");
            room.source.afterRead = () -> room.scripts.clear(A, "webhook");
            int reads = room.source.reads();
            assertThat(room.says(A)).isEqualTo("two");
            assertThat(room.source.reads() - reads).isEqualTo(4);
            assertThat(room.status(A).state()).as("it stays due").isEqualTo(ScriptState.STALE);
            room.source.afterRead = () -> {};
            room.source.has("a.js", "return three");
            assertThat(room.says(A)).isEqualTo("three");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
        }

        @Test
        void a_fetch_that_began_before_a_save_is_never_stored() throws Exception {
            room.source.has("a.js", "return old").has("b.js", "return new").hold();
            room.create(linked(A, "a.js"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<String> caller = threads.submit(() -> room.says(A));
                room.source.awaitArrival();
                room.update(linked(A, "b.js"));
                room.source.letAllGo();
                assertThat(caller.get()).isEqualTo("new");
            }
            assertThat(room.scripts.versions(A)).hasSize(1);
        }

        @Test
        void a_fetch_that_began_before_a_delete_is_never_stored() throws Exception {
            room.source.has("a.js", "return old").hold();
            room.create(linked(A, "a.js"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<String> caller = threads.submit(() -> room.says(A));
                room.source.awaitArrival();
                room.delete(A);
                room.create(stored(A, "return new"));
                room.source.letAllGo();
                caller.get();
            }
            assertThat(room.says(A)).isEqualTo("new");
            assertThat(room.scripts.versions(A)).hasSize(1);
        }

        @Test
        void a_refresh_never_answers_with_a_read_that_began_before_it() throws Exception {
            room.source.has("a.js", "return old").hold();
            room.create(linked(A, "a.js"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<String> caller = threads.submit(() -> room.says(A));
                room.source.awaitArrival();
                room.source.has("a.js", "return new");
                Future<Refreshed> refresh = threads.submit(() -> room.scripts.refresh(A));
                room.source.letAllGo();
                assertThat(refresh.get()).isNotInstanceOf(Refreshed.Refused.class);
                assertThat(room.says(A)).isEqualTo("new");
                caller.get();
            }
        }

        @Test
        void a_cold_script_on_a_dead_host_is_not_asked_for_by_each_call() throws Exception {
            room.source.die();
            room.create(linked(A, "a.js"));
            concurrently(100, () -> room.says(A))
                    .forEach(said -> assertThat(said).startsWith("503"));
            assertThat(room.source.reads()).isEqualTo(1);
            room.source.has("a.js", "return one");
            room.time.pass(Duration.ofSeconds(1));
            assertThat(room.says(A)).isEqualTo("one");
        }
    }

    @Nested
    class Waiting {
        @Test
        void after_a_clear_a_call_waits_a_while_then_runs_the_last_good_version_and_the_fetch_goes_on()
                throws Exception {
            room.source.has("a.js", "return old");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.fetchTimeout(Duration.ofMillis(40));
            room.source.has("a.js", "return new").hold();
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("old");
            assertThat(room.seen(Observation.ScriptUnavailable.class))
                    .singleElement()
                    .satisfies(late -> assertThat(late.why()).isEqualTo("no answer within 40 ms"));
            room.source.letAllGo();
            room.await(one -> one instanceof Observation.ScriptPromoted promoted && promoted.version() == 2);
            assertThat(room.says(A)).isEqualTo("new");
            assertThat(room.source.reads()).isEqualTo(2);
        }

        @Test
        void a_cold_script_whose_source_does_not_answer_in_time_is_a_503() throws Exception {
            room.fetchTimeout(Duration.ofMillis(40));
            room.source.has("a.js", "return new").hold();
            room.create(linked(A, "a.js"));
            assertThat(room.says(A)).startsWith("503");
            room.source.letAllGo();
            room.await(one -> one instanceof Observation.ScriptPromoted);
            assertThat(room.says(A)).isEqualTo("new");
        }

        @Test
        void retries_go_on_in_the_background_with_growing_pauses_until_the_source_answers() throws Exception {
            room.source.has("a.js", "return old");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.die();
            room.scripts.clear(A, "webhook");
            room.run(A);
            for (int failures = 1; failures <= 3; failures++) {
                assertThat(room.time.pauses()).containsExactly(Duration.ofSeconds(failures * 10L));
                int before = room.source.reads();
                room.source.arrived.drainPermits();
                room.time.pass(Duration.ofSeconds(failures * 10L));
                room.source.awaitArrival();
                assertThat(room.source.reads()).isEqualTo(before + 1);
                awaitPlan();
            }
            room.source.has("a.js", "return new");
            room.time.pass(Duration.ofSeconds(40));
            room.await(one -> one instanceof Observation.ScriptPromoted promoted && promoted.version() == 2);
            assertThat(room.says(A)).isEqualTo("new");
            assertThat(room.seen(Observation.ScriptUnavailable.class))
                    .as("said once")
                    .hasSize(1);
        }

        private void awaitPlan() {
            while (room.time.pauses().isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }
}
