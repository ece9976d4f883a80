package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.polled;
import static io.sluice.script.Room.says;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.Scripts.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "The script cache" of the architecture, sentence by sentence. */
class ScriptCacheTest {
    @TempDir
    Path folder;

    Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Nested
    class Loading {
        @Test
        void a_stored_text_comes_from_the_system_database() {
            room.create(stored(A, "return one"));
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.status(A).source()).isEqualTo("stored");
            assertThat(room.source.reads()).isZero();
        }

        @Test
        void the_first_run_of_a_linked_script_fetches_and_later_runs_do_not() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            assertThat(room.says(A)).isEqualTo("one");
            room.source.die();
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.source.reads()).isEqualTo(1);
            assertThat(room.seen(Observation.ScriptFetched.class))
                    .singleElement()
                    .satisfies(fetch -> assertThat(fetch.source()).isEqualTo("git repo/sales@main:a.js"));
        }

        @Test
        void a_cached_script_never_expires_by_itself() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.has("a.js", "return two");
            room.time.pass(Duration.ofDays(3650));
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.source.reads()).isEqualTo(1);
        }

        @Test
        void saving_a_link_does_not_fetch() {
            room.source.die();
            room.create(linked(A, "a.js"));
            room.update(linked(A, "b.js"));
            assertThat(room.source.reads()).isZero();
        }

        @Test
        void slashes_at_the_ends_of_a_path_do_not_count() {
            room.source.has("x/a.js", "return one");
            room.create(linked(A, "/x/a.js/"));
            assertThat(room.says(A)).isEqualTo("one");
        }

        @Test
        void F22_a_caller_without_any_right_triggers_a_fetch_as_the_platform_and_no_event_fires() {
            // The source throws when it is called as a service or asked for events.
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            assertThat(room.says(A)).isEqualTo("one");
        }

        @Test
        void a_program_is_compiled_once_for_all_callers() throws Exception {
            room.create(stored(A, "return one"));
            room.restart();
            int before = room.engine.compilations("return one");
            concurrently(50, () -> room.says(A))
                    .forEach(said -> assertThat(said).isEqualTo("one"));
            assertThat(room.engine.compilations("return one") - before).isEqualTo(1);
        }

        @Test
        void programs_are_bounded_and_closed_when_they_leave() {
            room.programs = 3;
            room.restart();
            for (int i = 0; i < 20; i++) {
                ScriptId id = ScriptId.event("db.e" + i + ".get");
                room.create(stored(id, "return " + i));
                assertThat(room.says(id)).isEqualTo("" + i);
            }
            assertThat(room.engine.open.get()).isLessThanOrEqualTo(3);
            for (int i = 0; i < 20; i++) {
                assertThat(room.says(ScriptId.event("db.e" + i + ".get"))).isEqualTo("" + i);
            }
            assertThat(room.engine.usedAfterClose.get()).isZero();
            room.scripts.close();
            assertThat(room.engine.open.get()).isZero();
        }
    }

    @Nested
    class WhatChangesIt {
        @BeforeEach
        void link() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            assertThat(room.says(A)).isEqualTo("one");
            room.source.has("a.js", "return two");
        }

        @Test
        void saving_the_record() {
            room.update(linked(A, "a.js"));
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void a_clear() {
            assertThat(room.scripts.clear(A, "webhook:github")).isTrue();
            assertThat(room.says(A)).isEqualTo("two");
            assertThat(room.seen(Observation.ScriptCleared.class))
                    .containsExactly(new Observation.ScriptCleared(A.toString(), "webhook:github"));
        }

        @Test
        void a_clear_of_all() {
            room.scripts.clearAll("admin");
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void a_clear_that_nobody_ran_after_survives_a_restart() {
            room.scripts.clear(A, "webhook");
            room.restart();
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void clears_are_coalesced() {
            IntStream.range(0, 100).forEach(i -> room.scripts.clearAll("webhook"));
            room.run(A);
            room.run(A);
            assertThat(room.source.reads()).isEqualTo(2);
        }

        @Test
        void a_poll() throws Exception {
            room.update(polled(linked(A, "a.js"), 60));
            assertThat(room.says(A)).isEqualTo("two");
            room.source.has("a.js", "return three");
            room.time.pass(Duration.ofSeconds(60));
            room.await(one -> one instanceof Observation.ScriptPromoted promoted && promoted.version() == 3);
            room.source.die();
            assertThat(room.says(A)).isEqualTo("three");
        }

        @Test
        void a_refresh_fetches_ahead_so_no_caller_waits() {
            assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Promoted.class);
            int reads = room.source.reads();
            assertThat(room.says(A)).isEqualTo("two");
            assertThat(room.source.reads()).isEqualTo(reads);
            assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
            room.source.has("a.js", "!!!");
            assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Refused.class);
        }

        @Test
        void a_change_of_the_services_config_marks_its_scripts_stale() {
            assertThat(room.scripts.linkedTo(Room.REPO)).containsExactly(A.toString());
            assertThat(room.scripts.linkedTo(Room.PLAIN)).isEmpty();
            room.scripts.serviceChanged(Room.PLAIN);
            assertThat(room.says(A)).isEqualTo("one");
            room.scripts.serviceChanged(Room.REPO);
            assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void of_a_stored_script_a_clear_is_harmless() {
            room.create(stored(B, "return stored"));
            room.scripts.clear(B, "webhook");
            room.scripts.clearAll("webhook");
            assertThat(room.status(B).state()).isEqualTo(ScriptState.LIVE);
            assertThat(room.says(B)).isEqualTo("stored");
            assertThat(room.scripts.versions(B)).hasSize(1);
        }

        @Test
        void nothing_else_is_cleared_with_it() {
            assertThat(room.scripts.clear(ScriptId.service("a"), "webhook")).isFalse();
            assertThat(room.says(A)).isEqualTo("one");
        }
    }

    @Nested
    class Versions {
        @Test
        void a_version_has_text_hash_revision_origin_time_author_and_message() {
            room.source.has("x/a.js", "return one", "9f2c1e7000000000000000000000000000000000");
            room.create(linked(A, "x/a.js"));
            room.run(A);
            Version version = room.scripts.versions(A).getFirst();
            assertThat(version.source().text()).isEqualTo("return one");
            assertThat(version.source().name()).isEqualTo("a.js");
            assertThat(version.hash()).matches("[0-9a-f]{64}");
            assertThat(version.shortRevision()).isEqualTo("9f2c1e7");
            assertThat(version.from()).isEqualTo("git repo/sales@main:x/a.js");
            assertThat(version.loadedAt()).isEqualTo(room.time.instant());
            assertThat(version.author()).contains("Ada");
            assertThat(version.message()).contains("why not");
            room.restart();
            assertThat(room.scripts.release().version(A)).contains(version);
        }

        @Test
        void F31_a_version_is_known_by_its_content_not_by_its_place() {
            room.source.has("a.js", "return one");
            room.source.has("A.js", "return two");
            room.create(linked(A, "a.js"));
            room.create(linked(B, "A.js"));
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.says(B)).isEqualTo("two");
            assertThat(room.status(A).version().orElseThrow().hash())
                    .isNotEqualTo(room.status(B).version().orElseThrow().hash());
        }

        @Test
        void the_last_20_versions_are_kept_newest_first() {
            room.create(stored(A, "return 1"));
            IntStream.rangeClosed(2, 25).forEach(i -> room.update(stored(A, "return " + i)));
            assertThat(room.scripts.versions(A))
                    .extracting(Version::number)
                    .containsExactlyElementsOf(IntStream.rangeClosed(6, 25)
                            .map(i -> 31 - i)
                            .boxed()
                            .toList());
            assertThat(room.scripts.version(A, 6).orElseThrow().source().text()).isEqualTo("return 6");
            assertThat(room.scripts.version(A, 5)).isEmpty();
        }

        @Test
        void saving_without_a_new_text_makes_no_version() {
            room.create(stored(A, "return 1"));
            room.update(stored(A, "return 1"));
            assertThat(room.scripts.versions(A)).hasSize(1);
            assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
        }

        @Test
        void deleting_a_record_deletes_its_versions() {
            room.create(stored(A, "return 1"));
            room.update(stored(A, "return 2"));
            room.delete(A);
            assertThat(room.scripts.versions(A)).isEmpty();
            assertThat(room.says(A)).startsWith("skipped");
            room.create(stored(A, "return 3"));
            assertThat(room.scripts.versions(A)).extracting(Version::number).containsExactly(1);
            assertThat(room.says(A)).isEqualTo("3");
        }

        @Test
        void a_restart_with_every_host_down_runs_the_last_good_versions_and_asks_nobody() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            room.create(stored(B, "return stored"));
            room.run(A);
            long promotion = room.scripts.release().promotion();
            room.source.die();
            room.restart();
            assertThat(room.scripts.release().promotion()).isEqualTo(promotion);
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.says(B)).isEqualTo("stored");
            assertThat(room.source.reads()).isEqualTo(1);
        }

        @Test
        void a_renamed_script_keeps_its_versions() {
            room.create(stored(A, "return 1"));
            room.update(stored(A, "return 2"));
            room.store.write(tx -> {
                room.scripts.rename(tx, A, B);
                return B;
            });
            assertThat(room.says(A)).startsWith("skipped");
            assertThat(room.says(B)).isEqualTo("2");
            assertThat(room.scripts.versions(B)).hasSize(2);
        }
    }

    @Nested
    class Releases {
        @Test
        void a_call_keeps_the_release_of_its_start_and_nested_calls_inherit_it() {
            room.create(stored(A, "return one"));
            RunScope call = room.open();
            room.update(stored(A, "return two"));
            assertThat(says(room.run(A, call.nested(Long.MAX_VALUE)))).isEqualTo("one");
            assertThat(says(room.run(A, call))).isEqualTo("one");
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void what_came_of_a_cold_script_is_pinned_for_the_whole_call() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            RunScope call = room.open();
            assertThat(says(room.run(A, call))).isEqualTo("one");
            room.source.has("a.js", "return two");
            room.scripts.refresh(A);
            assertThat(says(room.run(A, call.nested(Long.MAX_VALUE)))).isEqualTo("one");
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void that_a_script_could_not_be_had_is_pinned_too() {
            room.create(linked(A, "a.js", OnFetchError.SKIP));
            RunScope call = room.open();
            assertThat(room.run(A, call)).isInstanceOf(Ran.Skipped.class);
            room.source.has("a.js", "return one");
            room.scripts.refresh(A);
            assertThat(room.run(A, call)).isInstanceOf(Ran.Skipped.class);
            assertThat(room.says(A)).isEqualTo("one");
        }

        @Test
        void a_call_that_ran_one_script_of_the_old_release_runs_no_other_of_the_new_one() {
            room.source.has("a.js", "return a1").has("b.js", "return b1");
            room.create(linked(A, "a.js"));
            room.create(linked(B, "b.js"));
            room.run(A);
            room.run(B);
            room.scripts.clear(A, "webhook");
            RunScope call = room.open();
            assertThat(says(room.run(B, call))).isEqualTo("b1");
            room.source.has("a.js", "return a2").has("b.js", "return b2");
            room.scripts.refresh(List.of(A, B));
            assertThat(says(room.run(A, call))).isEqualTo("a1");
            assertThat(says(room.run(A))).isEqualTo("a2");
        }

        @Test
        void a_call_that_ran_nothing_yet_moves_on_to_the_release_of_a_script_that_it_had_to_look_at() {
            room.source.has("a.js", "return a1").has("b.js", "return b1");
            room.create(linked(A, "a.js"));
            room.create(linked(B, "b.js"));
            room.run(A);
            room.run(B);
            room.scripts.clear(A, "webhook");
            RunScope call = room.open();
            room.source.has("a.js", "return a2").has("b.js", "return b2");
            room.scripts.refresh(List.of(A, B));
            assertThat(says(room.run(A, call))).isEqualTo("a2");
            assertThat(says(room.run(B, call))).isEqualTo("b2");
        }

        @Test
        void all_of_one_refresh_is_promoted_in_one_swap_and_read_at_one_commit() {
            room.source.has("a.js", "return a1").has("b.js", "return b1");
            room.create(linked(A, "a.js"));
            room.create(linked(B, "b.js"));
            long before = room.scripts.release().promotion();
            room.source.headIs("1111111111111111111111111111111111111111");
            // The branch moves while its files are read.
            room.source.afterRead = () -> room.source.headIs("2222222222222222222222222222222222222222");
            Map<ScriptId, Refreshed> outcome = room.scripts.refresh(List.of(A, B));
            assertThat(outcome.values())
                    .allSatisfy(one ->
                            assertThat(((Refreshed.Promoted) one).promotion()).isEqualTo(before + 1));
            assertThat(room.scripts.release().promotion()).isEqualTo(before + 1);
            assertThat(room.source.asked)
                    .extracting(address -> address.reference())
                    .containsExactly(
                            "1111111111111111111111111111111111111111", "1111111111111111111111111111111111111111");
            assertThat(room.status(A).source()).isEqualTo("git repo/sales@main:a.js");
        }

        @Test
        void each_swap_has_a_growing_promotion_number() {
            room.create(stored(A, "return 1"));
            long first = room.scripts.release().promotion();
            room.update(stored(A, "return 2"));
            long second = room.scripts.release().promotion();
            room.scripts.rollback(A, 1, OptionalLong.empty());
            long third = room.scripts.release().promotion();
            room.delete(A);
            room.restart();
            long fourth = room.scripts.release().promotion();
            room.create(stored(A, "return 1"));
            assertThat(List.of(
                            first, second, third, fourth, room.scripts.release().promotion()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        @Test
        void F26_no_call_ever_sees_parts_of_two_releases() throws Exception {
            room.source.has("a.js", "return 0").has("b.js", "return 0");
            room.create(linked(A, "a.js"));
            room.create(linked(B, "b.js"));
            room.scripts.refresh(List.of(A, B));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> flips = threads.submit(() -> {
                    for (int i = 1; i <= 60; i++) {
                        room.source.has("a.js", "return " + i).has("b.js", "return " + i);
                        room.scripts.refresh(Set.of(A, B));
                    }
                });
                Callable<Integer> calls = () -> {
                    int made = 0;
                    while (!flips.isDone() || made == 0) {
                        RunScope call = room.open();
                        String first = says(room.run(A, call));
                        String second = says(room.run(B, call.nested(Long.MAX_VALUE)));
                        assertThat(first).isEqualTo(second).isEqualTo(says(room.run(A, call)));
                        made++;
                    }
                    return made;
                };
                List<Future<Integer>> callers = IntStream.range(0, 4)
                        .mapToObj(i -> threads.submit(calls))
                        .toList();
                for (Future<Integer> caller : callers) {
                    assertThat(caller.get()).isPositive();
                }
                flips.get();
            }
            assertThat(room.says(A)).isEqualTo("60");
        }
    }

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
        void F15_five_hundred_calls_on_a_dead_host_cause_one_read_and_run_the_last_good_version() throws Exception {
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
    class TurnedDown {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''                                                    | REFUSED | the text is empty",
                    "'   \t  '                                             | REFUSED | the text is empty",
                    "'<!DOCTYPE html><html><body>Log in</body></html>'     | REFUSED | HTML page",
                    "'<HTML><body>Log in</body></HTML>'                    | REFUSED | HTML page",
                    "'{\"message\": \"Bad credentials\", \"status\": 401}' | REFUSED | JSON document",
                    "'version https://git-lfs.github.com/spec/v1'          | REFUSED | Git LFS pointer",
                    "'return ok !!!'                                       | REFUSED | 'line 1, column 11: unexpected !!!'"
                })
        void F16_F24_a_bad_text_is_refused_and_the_last_good_version_goes_on(
                String text, ScriptState state, String why) {
            room.source.has("a.js", "return good");
            room.create(linked(A, "a.js"));
            room.run(A);
            long promotion = room.scripts.release().promotion();
            room.source.has("a.js", text);
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("good");
            assertThat(room.status(A).state()).isEqualTo(state);
            assertThat(room.status(A).lastError()).contains(why);
            assertThat(room.scripts.release().promotion()).isEqualTo(promotion);
            assertThat(room.scripts.versions(A)).hasSize(1);
            assertThat(room.seen(Observation.ScriptRefused.class))
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.why()).contains(why);
                        assertThat(refused.next()).isEqualTo("version 1 keeps running");
                    });
            room.restart();
            assertThat(room.status(A).state()).isEqualTo(state);
            assertThat(room.says(A)).isEqualTo("good");
        }

        @Test
        void a_missing_text_is_refused_and_the_last_good_version_goes_on() {
            room.source.has("a.js", "return good");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.lacks("a.js");
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("good");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
            assertThat(room.status(A).lastError()).isEqualTo("there is no such file");
        }

        @Test
        void an_unreachable_source_leaves_the_script_stale() {
            room.source.has("a.js", "return good");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.die();
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("good");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
            assertThat(room.status(A).lastError()).isEqualTo("the host does not answer");
            assertThat(room.seen(Observation.ScriptUnavailable.class))
                    .singleElement()
                    .satisfies(lost -> {
                        assertThat(lost.source()).isEqualTo("git repo/sales@main:a.js");
                        assertThat(lost.next()).isEqualTo("version 1 keeps running");
                    });
        }

        @Test
        void F14_without_a_good_version_an_unreadable_script_is_a_503_never_skipped() {
            room.source.die();
            room.create(linked(A, "a.js"));
            Ran.Failed failed = (Ran.Failed) room.run(A);
            assertThat(failed.error().status()).isEqualTo(503);
            assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_unavailable"));
            assertThat(failed.headers()).containsEntry("Retry-After", "1");
            assertThat(failed.error().message()).doesNotContain("host");
        }

        @Test
        void without_a_good_version_a_missing_or_empty_text_is_a_503() {
            room.create(linked(A, "a.js"));
            assertThat(room.says(A)).startsWith("503");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
            room.source.has("b.js", " ");
            room.create(linked(B, "b.js"));
            assertThat(room.says(B)).startsWith("503");
        }

        @Test
        void without_a_good_version_a_text_that_does_not_compile_is_a_500_with_line_and_column() {
            room.source.has("a.js", "print x\nreturn !!!");
            room.create(linked(A, "a.js"));
            room.create(stored(B, "print x\n\n  !!!"));
            Ran.Failed failed = (Ran.Failed) room.run(A);
            assertThat(failed.error().status()).isEqualTo(500);
            assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_compile_failed"));
            assertThat(failed.error().message()).contains("line 2, column 8");
            assertThat(room.says(B)).startsWith("500").contains("line 3, column 3");
        }

        @Test
        void saving_a_record_never_fails_on_its_content_and_the_last_good_version_goes_on() {
            room.create(stored(A, "return good"));
            SavedScript saved = room.update(stored(A, "!!!"));
            assertThat(saved.definition().content()).isEqualTo("!!!");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
            assertThat(room.status(A).lastError()).contains("line 1, column 1");
            assertThat(room.says(A)).isEqualTo("good");
            room.update(stored(A, "return better"));
            assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
            assertThat(room.says(A)).isEqualTo("better");
        }

        @Test
        void fail_means_503_even_with_a_good_version() {
            room.source.has("a.js", "return good");
            room.create(linked(A, "a.js", OnFetchError.FAIL));
            assertThat(room.says(A)).isEqualTo("good");
            room.source.die();
            assertThat(room.says(A)).as("not looked at, so nothing failed").isEqualTo("good");
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).startsWith("503");
            assertThat(room.says(A)).startsWith("503");
            room.source.has("a.js", "return better");
            room.time.pass(Duration.ofSeconds(1));
            assertThat(room.says(A)).isEqualTo("better");
        }

        @Test
        void skip_leaves_it_out_only_while_there_is_no_good_version() {
            room.source.die();
            room.create(linked(A, "a.js", OnFetchError.SKIP));
            assertThat(room.run(A)).isInstanceOf(Ran.Skipped.class);
            assertThat(room.seen(Observation.ScriptRan.class))
                    .last()
                    .satisfies(ran -> assertThat(ran.outcome()).startsWith("skipped"));
            room.source.has("a.js", "return good");
            room.scripts.refresh(A);
            room.source.die();
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("good");
        }

        @Test
        void skip_does_not_hide_a_text_that_does_not_compile() {
            room.source.has("a.js", "!!!");
            room.create(linked(A, "a.js", OnFetchError.SKIP));
            assertThat(room.says(A)).startsWith("500");
        }

        @Test
        void a_fault_of_the_engine_does_not_take_away_what_runs() {
            room.source.has("a.js", "return good");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.has("a.js", "return better");
            room.engine.faultWhileCompiling = new IllegalStateException("broken");
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).isEqualTo("good");
            assertThat(room.seen(Observation.Note.class)).isNotEmpty();
            room.engine.faultWhileCompiling = null;
            room.time.pass(Duration.ofSeconds(1));
            room.scripts.refresh(A);
            assertThat(room.says(A)).isEqualTo("better");
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

    @Nested
    class RollingBack {
        @BeforeEach
        void two_versions() {
            room.source.has("a.js", "return one");
            room.create(linked(A, "a.js"));
            room.run(A);
            room.source.has("a.js", "return two");
            room.scripts.refresh(A);
        }

        @Test
        void F29_it_is_instant_and_needs_no_network() {
            room.source.die();
            int reads = room.source.reads();
            long before = room.scripts.release().promotion();
            Refreshed.Promoted promoted = room.scripts.rollback(A, 1, OptionalLong.empty());
            assertThat(promoted.version().number()).isEqualTo(1);
            assertThat(promoted.promotion()).isEqualTo(before + 1);
            assertThat(room.says(A)).isEqualTo("one");
            assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
            assertThat(room.source.reads()).isEqualTo(reads);
        }

        @Test
        void the_hash_that_it_turned_away_from_changes_nothing_when_it_comes_again() throws Exception {
            room.update(polled(linked(A, "a.js"), 60));
            room.run(A);
            room.scripts.rollback(A, 1, OptionalLong.empty());
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).as("a clear").isEqualTo("one");
            room.restart();
            assertThat(room.says(A)).as("a restart").isEqualTo("one");
            assertThat(room.scripts.refresh(A)).as("a push").isInstanceOf(Refreshed.Unchanged.class);
            room.source.arrived.drainPermits();
            room.time.pass(Duration.ofSeconds(60));
            room.source.awaitArrival();
            assertThat(room.scripts.refresh(A)).as("a poll").isInstanceOf(Refreshed.Unchanged.class);
            assertThat(room.says(A)).isEqualTo("one");
            room.source.has("a.js", "return three");
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).as("a new text").isEqualTo("three");
            room.source.has("a.js", "return two");
            room.scripts.clear(A, "webhook");
            assertThat(room.says(A)).as("turned away for good").isEqualTo("three");
        }

        @Test
        void each_rollback_remembers_its_own() {
            room.source.has("a.js", "return three");
            room.scripts.refresh(A);
            room.scripts.rollback(A, 2, OptionalLong.empty());
            room.scripts.rollback(A, 1, OptionalLong.empty());
            assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
            room.source.has("a.js", "return two");
            assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
            assertThat(room.says(A)).isEqualTo("one");
        }

        @Test
        void going_back_to_what_was_turned_away_forgives_it() {
            room.scripts.rollback(A, 1, OptionalLong.empty());
            room.scripts.rollback(A, 2, OptionalLong.empty());
            assertThat(room.says(A)).isEqualTo("two");
            room.source.has("a.js", "return three");
            room.scripts.refresh(A);
            room.source.has("a.js", "return two");
            room.scripts.refresh(A);
            assertThat(room.says(A)).isEqualTo("two");
        }

        @Test
        void a_fetch_under_way_does_not_undo_it() throws Exception {
            room.source.has("a.js", "return two");
            room.source.hold();
            room.scripts.clear(A, "webhook");
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<String> caller = threads.submit(() -> room.says(A));
                room.source.awaitArrival();
                room.scripts.rollback(A, 1, OptionalLong.empty());
                room.source.letAllGo();
                caller.get();
            }
            assertThat(room.says(A)).isEqualTo("one");
        }

        @Test
        void of_a_stored_script_it_writes_the_old_text_into_the_record_as_a_new_version() {
            room.create(stored(B, "return one"));
            room.update(stored(B, "return two"));
            room.scripts.rollback(B, 1, OptionalLong.of(5));
            assertThat(room.says(B)).isEqualTo("one");
            assertThat(room.scripts.versions(B)).extracting(Version::number).containsExactly(3, 2, 1);
            SavedScript saved = room.scripts.definition(B).orElseThrow();
            assertThat(saved.definition().content()).isEqualTo("return one");
            assertThat(saved.modifiedBy()).hasValue(5);
            room.update(stored(B, "return two"));
            assertThat(room.says(B)).as("saving is on purpose").isEqualTo("two");
        }

        @Test
        void a_version_that_is_not_kept_is_a_404() {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    io.sluice.api.ApiException.class,
                                    () -> room.scripts.rollback(A, 99, OptionalLong.empty()))
                            .error()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void F30_scripts_keep_running_from_memory_when_the_system_database_is_gone() {
        room.create(stored(A, "return one"));
        room.run(A);
        room.store.close();
        assertThat(room.says(A)).isEqualTo("one");
    }

    private static <T> List<T> concurrently(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> calls = IntStream.range(0, callers)
                    .mapToObj(i -> threads.submit(call))
                    .toList();
            List<T> answers = new java.util.ArrayList<>();
            for (Future<T> one : calls) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
