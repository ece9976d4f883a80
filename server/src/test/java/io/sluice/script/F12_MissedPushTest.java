package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.polled;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A push that nobody told of is found by the poll: one question for all scripts of a branch, and they move as one release. */
class F12_MissedPushTest extends FreshRoom {
    private static final ScriptId UNPOLLED = ScriptId.event("db.unpolled.get");
    private static final ScriptId OTHERWISE = ScriptId.event("db.spelt_otherwise.get");
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    @BeforeEach
    void two_of_three_scripts_are_polled() {
        room.source.commits(Map.of("a.js", "return a1", "b.js", "return b1"));
        room.create(polled(linked(A, "a.js"), 60));
        room.create(polled(linked(B, "b.js"), 90));
        room.create(linked(UNPOLLED, "a.js"));
        room.scripts.push(Room.PUSH);
    }

    private void passAndWait(int headsMore) {
        int heads = room.source.headsAsked.get() + headsMore;
        room.time.pass(INTERVAL);
        while (room.source.headsAsked.get() < heads || room.time.pauses().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void it_is_found_within_the_interval_also_after_this_server_was_down() throws Exception {
        room.restart();
        room.source.commits(Map.of("a.js", "return a2", "b.js", "return b2"));
        room.time.pass(INTERVAL);
        room.await(one ->
                one instanceof Observation.ScriptPromoted up && up.script().equals(B.toString()) && up.version() == 2);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
    }

    @Test
    void a_script_of_the_branch_that_is_not_polled_moves_with_it() throws Exception {
        room.create(Room.linkedTo("Sales", "refs/heads/main", OTHERWISE, "a.js"));
        room.says(OTHERWISE);
        room.source.commits(Map.of("a.js", "return a2", "b.js", "return b2"));
        room.time.pass(INTERVAL);
        room.await(one ->
                one instanceof Observation.ScriptPromoted up && up.script().equals(B.toString()) && up.version() == 2);
        assertThat(room.says(UNPOLLED) + room.says(OTHERWISE)).isEqualTo("a2a2");
        assertThat(room.status(UNPOLLED).promotion())
                .isEqualTo(room.status(OTHERWISE).promotion())
                .isEqualTo(room.status(B).promotion());
    }

    @Test
    void as_long_as_nothing_was_pushed_a_poll_is_one_question_for_the_head() {
        room.source.lists = true;
        int heads = room.source.headsAsked.get();
        int reads = room.source.reads();
        passAndWait(1);
        passAndWait(1);
        assertThat(room.source.headsAsked.get() - heads).isEqualTo(2);
        assertThat(room.source.reads()).isEqualTo(reads);
        assertThat(room.source.listsAsked).hasValue(0);
    }

    @Test
    void a_script_that_is_pinned_to_a_commit_is_not_polled() {
        ScriptId pinned = ScriptId.event("db.pinned.get");
        room.create(polled(Room.linkedTo("other", room.source.head(), pinned, "a.js"), 10));
        assertThat(room.says(pinned)).isEqualTo("a1");
        int reads = room.source.reads();
        room.time.pass(Duration.ofSeconds(30));
        assertThat(room.source.reads()).isEqualTo(reads);
    }

    @Test
    void a_dead_host_is_asked_once_for_all_of_a_branch_with_growing_pauses() {
        room.source.die();
        int reads = room.source.reads();
        passAndWait(1);
        assertThat(room.source.reads() - reads).isEqualTo(1);
        assertThat(room.time.pauses()).containsExactly(Duration.ofSeconds(10));
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
    }
}
