package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.linkedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.service.GitHost.Ancestry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A script never goes back to an older commit by a late delivery, a poll or a host that lags behind; a forced push is shown. */
class F08_OutOfOrderDeliveriesTest extends FreshRoom {
    private String first;
    private String second;

    @BeforeEach
    void at_the_second_commit() {
        room.source.has("a.js", "return one");
        first = room.source.head();
        room.create(linked(A, "a.js"));
        room.scripts.push(PUSH);
        room.source.has("a.js", "return two");
        second = room.source.head();
        room.scripts.push(PUSH);
    }

    @Test
    void a_host_that_lags_behind_takes_nothing_back() {
        room.source.goesBackTo(first);
        Refreshed late = room.scripts.push(PUSH).scripts().get(A);
        assertThat(((Refreshed.Unchanged) late).note()).startsWith("the branch is at commit " + first.substring(0, 7));
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("two");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void a_commit_that_did_not_change_the_script_counts_as_the_newest_too() {
        room.source.has("readme.md", "three");
        String third = room.source.head();
        room.scripts.push(PUSH);
        room.source.has("a.js", "return four");
        room.source.goesBackTo(third);
        room.source.goesBackTo(first);
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("two");
    }

    @Test
    void a_branch_that_stays_at_the_older_commit_was_moved_there_on_purpose() throws Exception {
        room.source.goesBackTo(first);
        room.scripts.push(PUSH);
        room.time.pass(Finder.DOUBT);
        room.await(one -> one instanceof Observation.ScriptPromoted up && up.version() == 3);
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.scripts.version(A, 3).orElseThrow().message()).contains("forced push: why not");
    }

    @Test
    void a_host_that_catches_up_is_not_taken_for_a_forced_push() {
        room.source.goesBackTo(first);
        room.scripts.push(PUSH);
        room.source.has("a.js", "return three");
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("three");
        assertThat(room.time.pauses()).containsExactly(Finder.DOUBT);
        room.time.pass(Finder.DOUBT);
        assertThat(room.says(A)).isEqualTo("three");
    }

    @Test
    void who_asks_for_the_script_gets_what_the_branch_has() {
        room.source.goesBackTo(first);
        room.scripts.push(PUSH);
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void a_rewritten_history_is_followed_and_shown() {
        room.source.rewrites(Map.of("a.js", "return other"));
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("other");
        assertThat(room.scripts.version(A, 3).orElseThrow().message()).contains("forced push: why not");
    }

    @Test
    void a_host_that_cannot_say_is_believed_since_the_head_was_read_from_the_branch_itself() {
        room.source.ancestry = Optional.of(Ancestry.UNKNOWN);
        room.source.goesBackTo(first);
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void a_host_without_the_commit_lags_behind_until_a_minute_has_passed() throws Exception {
        room.source.ancestry = Optional.of(Ancestry.LOST);
        room.source.goesBackTo(first);
        Refreshed late = room.scripts.push(PUSH).scripts().get(A);
        assertThat(((Refreshed.Unchanged) late).note())
                .isEqualTo("the branch is at commit " + first.substring(0, 7) + ", and its host does not have "
                        + second.substring(0, 7) + " any more, or not yet");
        assertThat(room.says(A)).isEqualTo("two");
        room.time.pass(Finder.DOUBT);
        room.await(one -> one instanceof Observation.ScriptPromoted up && up.version() == 3);
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.scripts.version(A, 3).orElseThrow().message()).contains("forced push: why not");
    }

    @Test
    void a_lost_commit_is_given_up_after_a_minute_however_often_the_branch_moves_meanwhile() throws Exception {
        room.source.ancestry = Optional.of(Ancestry.LOST);
        room.source.has("a.js", "return three");
        room.scripts.push(PUSH);
        room.time.pass(Finder.DOUBT.dividedBy(2));
        room.source.has("a.js", "return four");
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("two");
        room.time.pass(Finder.DOUBT.dividedBy(2));
        room.source.has("a.js", "return five");
        room.scripts.push(PUSH);
        room.await(one -> one instanceof Observation.ScriptPromoted up && up.version() == 3);
        assertThat(room.says(A)).isEqualTo("five");
    }

    @Test
    void a_host_that_does_not_answer_for_a_moment_takes_nothing_back() {
        room.source.ancestry = Optional.of(Ancestry.UNANSWERED);
        room.source.goesBackTo(first);
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.problem())
                .contains("the host does not say now whether commit " + first.substring(0, 7) + " came after "
                        + second.substring(0, 7));
        assertThat(room.says(A)).isEqualTo("two");
        assertThat(room.time.pauses()).as("it is asked again").isNotEmpty();
        room.source.ancestry = Optional.empty();
        room.source.has("a.js", "return three");
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("three");
    }

    @Test
    void a_save_does_not_make_it_forget_where_it_was() {
        room.source.goesBackTo(first);
        room.update(Room.polled(linked(A, "a.js"), 60));
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("two");
    }

    @Test
    void a_tag_goes_wherever_it_is_moved() {
        ScriptId tag = ScriptId.event("db.tag.get");
        room.create(linkedTo("sales", "refs/tags/v1", tag, "a.js"));
        Push moved = new Push(Room.REPO, "sales", "refs/tags/v1", "webhook:test");
        room.scripts.push(moved);
        assertThat(room.says(tag)).isEqualTo("two");
        room.source.goesBackTo(first);
        room.scripts.push(moved);
        assertThat(room.says(tag)).isEqualTo("one");
    }

    @Test
    void a_poll_takes_nothing_back_either() throws Exception {
        room.update(Room.polled(linked(A, "a.js"), 60));
        room.says(A);
        room.source.goesBackTo(first);
        int before = room.source.headsAsked.get();
        room.time.pass(Duration.ofSeconds(60));
        while (room.source.headsAsked.get() == before || room.time.pauses().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(room.says(A)).isEqualTo("two");
    }
}
