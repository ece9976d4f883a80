package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.says;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.Scripts.Ran;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A release is one map of scripts to versions, swapped once; a call takes the one of its start. */
class ReleasesTest extends FreshRoom {
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
        assertThat(List.of(first, second, third, fourth, room.scripts.release().promotion()))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
