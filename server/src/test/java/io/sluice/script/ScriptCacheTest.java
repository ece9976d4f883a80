package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.polled;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** "The script cache" of the architecture, sentence by sentence: what a run finds in it, and what makes a script stale. */
class ScriptCacheTest extends FreshRoom {
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

    @Test
    void F30_scripts_keep_running_from_memory_when_the_system_database_is_gone() {
        room.create(stored(A, "return one"));
        room.run(A);
        room.store.close();
        assertThat(room.says(A)).isEqualTo("one");
    }
}
