package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.alone;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.linkedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Compilation;
import io.sluice.observe.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of five scripts in a commit is bad: nothing of it is taken over, unless the bad one's record says otherwise. */
class F25_OneBadScriptOfAPushTest extends FreshRoom {
    private static final List<ScriptId> OTHERS =
            List.of(A, ScriptId.event("db.c.get"), ScriptId.event("db.d.get"), ScriptId.event("db.e.get"));

    @BeforeEach
    void five_good_scripts() {
        room.source.commits(texts(1, "return b1"));
        room.create(linked(B, "b.js"));
        OTHERS.forEach(id -> room.create(linked(id, OTHERS.indexOf(id) + ".js")));
        room.scripts.push(PUSH);
    }

    private static Map<String, String> texts(int number, String bad) {
        Map<String, String> texts = new HashMap<>(Map.of("b.js", bad));
        OTHERS.forEach(id -> texts.put(OTHERS.indexOf(id) + ".js", "return " + number));
        return texts;
    }

    private void othersRun(int number) {
        OTHERS.forEach(id -> assertThat(room.says(id)).isEqualTo("" + number));
    }

    @Test
    void the_whole_release_is_refused_and_each_script_says_why() {
        String commit = room.source.commits(texts(2, "return\n!!!"));
        long before = room.scripts.release().promotion();
        Pushed pushed = room.scripts.push(PUSH);
        String why =
                "commit " + commit.substring(0, 7) + " is refused as a whole: b.js line 2, column 1: unexpected !!!";
        assertThat(pushed.commit()).contains(commit);
        assertThat(pushed.problem()).isEmpty();
        OTHERS.forEach(id -> {
            Refreshed.Refused refused = (Refreshed.Refused) pushed.scripts().get(id);
            assertThat(refused.why()).isEqualTo(why);
            assertThat(refused.goesOn())
                    .hasValueSatisfying(version -> assertThat(version.number()).isEqualTo(1));
            assertThat(room.status(id).state()).isEqualTo(ScriptState.REFUSED);
            assertThat(room.status(id).lastError()).isEqualTo(why);
        });
        assertThat(((Refreshed.Refused) pushed.scripts().get(B)).why())
                .isEqualTo("b.js line 2, column 1: unexpected !!!");
        assertThat(room.scripts.release().promotion()).isEqualTo(before);
        assertThat(room.seen(Observation.ScriptRefused.class))
                .hasSize(5)
                .allSatisfy(one -> assertThat(one.next()).isEqualTo("version 1 keeps running"));
        othersRun(1);
        assertThat(room.says(B)).isEqualTo("b1");
    }

    @Test
    void a_restart_and_retries_do_not_take_over_a_part_of_it() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.restart();
        othersRun(1);
        assertThat(room.says(B)).isEqualTo("b1");
        room.source.arrived.drainPermits();
        room.time.pass(Duration.ofMinutes(10));
        room.source.awaitArrival();
        othersRun(1);
    }

    @Test
    void the_next_commit_that_is_good_moves_all_also_when_its_push_was_missed() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.source.has("b.js", "return b3");
        room.time.pass(Duration.ofMinutes(10));
        room.await(one -> one instanceof Observation.ScriptPromoted up && up.version() == 2);
        othersRun(2);
        assertThat(room.says(B)).isEqualTo("b3");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
    }

    @Test
    void scripts_of_the_default_branch_are_one_release_also_when_the_host_stops_telling_its_name() {
        room.update(linkedTo("sales", "", A, "0.js"));
        room.update(linkedTo("sales", "", B, "b.js"));
        room.scripts.push(PUSH);
        room.source.commits(texts(2, "return\n!!!"));
        AtomicInteger asked = new AtomicInteger();
        room.source.defaultAsked = () -> {
            // Once for what the push is about, once for the look at it.
            if (asked.incrementAndGet() == 2) {
                room.source.defaultAsked = () -> room.source.defaultBranch = "";
            }
        };
        room.scripts.push(PUSH);
        assertThat(asked).hasValue(2);
        assertThat(room.says(A)).isEqualTo("1");
        assertThat(room.says(B)).isEqualTo("b1");
    }

    @Test
    void a_file_that_the_host_lists_but_does_not_give_out_holds_up_the_others_until_it_does() {
        room.source.commits(texts(2, "return b2"));
        room.source.lists = true;
        room.source.withholds("b.js");
        Pushed pushed = room.scripts.push(PUSH);
        othersRun(1);
        assertThat(room.says(B)).isEqualTo("b1");
        assertThat(((Refreshed.Refused) pushed.scripts().get(B)).why())
                .isEqualTo("the host lists b.js but does not give it out: 404");
        assertThat(room.status(A).lastError()).contains("is refused as a whole: the host lists b.js");
        room.source.withholds("");
        room.scripts.push(PUSH);
        othersRun(2);
        assertThat(room.says(B)).isEqualTo("b2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_can_be_no_script_holds_up_the_others_whether_the_host_lists_files_or_not(boolean lists) {
        room.source.commits(texts(2, "b2"));
        room.source.lists = lists;
        room.source.isUnfit("b.js");
        Pushed pushed = room.scripts.push(PUSH);
        othersRun(1);
        assertThat(((Refreshed.Refused) pushed.scripts().get(B)).why()).isEqualTo("b.js is not text");
        assertThat(room.status(B).state()).isEqualTo(ScriptState.REFUSED);
        assertThat(pushed.problem()).as("the next try would find the same").isEmpty();
    }

    @Test
    void the_record_of_the_bad_one_may_say_that_it_alone_stays_behind() {
        room.update(alone(linked(B, "b.js")));
        room.source.commits(texts(2, "!!!"));
        Pushed pushed = room.scripts.push(PUSH);
        othersRun(2);
        assertThat(room.says(B)).isEqualTo("b1");
        assertThat(pushed.scripts().get(B)).isInstanceOf(Refreshed.Refused.class);
    }

    @Test
    void a_commit_that_was_refused_is_taken_over_by_the_same_push_once_the_record_says_so() {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.update(alone(linked(B, "b.js")));
        room.scripts.push(PUSH);
        othersRun(2);
        assertThat(room.says(B)).isEqualTo("b1");
    }

    @Test
    void those_held_back_go_on_soon_once_the_bad_one_is_deleted() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.delete(B);
        othersMoveSoon();
    }

    @Test
    void those_held_back_go_on_soon_once_the_bad_one_is_unlinked() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.update(Room.stored(B, "return stored"));
        othersMoveSoon();
    }

    @Test
    void those_held_back_go_on_soon_once_the_record_of_the_bad_one_says_so() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.update(alone(linked(B, "b.js")));
        othersMoveSoon();
        assertThat(room.says(B)).isEqualTo("b1");
    }

    private void othersMoveSoon() throws InterruptedException {
        othersRun(1);
        room.time.pass(Duration.ofSeconds(1));
        room.await(one ->
                one instanceof Observation.ScriptPromoted up && up.script().equals(A.toString()) && up.version() == 2);
        othersRun(2);
    }

    @Test
    void a_save_of_the_bad_one_that_mends_nothing_frees_none() {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.update(Room.polled(linked(B, "b.js"), 60));
        room.time.pass(Duration.ofSeconds(1));
        while (room.seen(Observation.ScriptRefused.class).stream()
                        .filter(one -> one.script().equals(B.toString()))
                        .count()
                < 2) {
            Thread.onSpinWait();
        }
        othersRun(1);
        OTHERS.forEach(id -> assertThat(room.status(id).state()).isEqualTo(ScriptState.REFUSED));
    }

    @Test
    void a_change_of_its_service_frees_no_part_of_it() throws Exception {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        room.scripts.serviceChanged(Room.REPO);
        othersRun(1);
        assertThat(room.says(B)).isEqualTo("b1");
        room.source.has("b.js", "return b2");
        othersMoveSoon();
        assertThat(room.says(B)).isEqualTo("b2");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
    }

    @Test
    void an_empty_one_refuses_it_too() {
        room.source.commits(texts(2, "  \n"));
        Refreshed other = room.scripts.push(PUSH).scripts().get(A);
        assertThat(((Refreshed.Refused) other).why()).endsWith("refused as a whole: b.js: the text is empty");
        othersRun(1);
    }

    @Test
    void a_deleted_file_does_not_since_nothing_can_be_wrong_in_it() {
        room.source.commits(texts(2, "x"));
        room.source.lacks("b.js");
        Pushed pushed = room.scripts.push(PUSH);
        othersRun(2);
        assertThat(room.says(B)).as("the last good version").isEqualTo("b1");
        assertThat(room.status(B).state()).isEqualTo(ScriptState.MISSING);
        assertThat(pushed.problem()).isEmpty();
    }

    @Test
    void one_that_cannot_be_judged_now_holds_it_up_until_it_can() throws Exception {
        room.source.commits(texts(2, "return b2"));
        room.engine.shortage = new Compilation.NotNow("no worker is free", Duration.ofSeconds(1));
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.problem()).hasValueSatisfying(why -> assertThat(why).contains("no worker is free"));
        othersRun(1);
        room.engine.shortage = null;
        room.time.pass(Duration.ofMinutes(10));
        room.await(one -> one instanceof Observation.ScriptPromoted up && up.version() == 2);
        othersRun(2);
    }

    @Test
    void somebody_who_asks_for_one_good_script_gets_it() {
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.says(A)).isEqualTo("2");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void an_inactive_script_holds_nothing_up() {
        ScriptDefinition bad = linked(B, "b.js");
        room.update(ScriptForm.read(B, bad.type(), false, true, ScriptForm.fields(bad)));
        room.source.commits(texts(2, "!!!"));
        room.scripts.push(PUSH);
        othersRun(2);
    }
}
