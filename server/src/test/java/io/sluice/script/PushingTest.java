package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.linkedTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A push moves all scripts that it changed, at one commit, in one swap, with as few questions to the host as it allows. */
class PushingTest extends FreshRoom {
    @BeforeEach
    void two_scripts_of_one_branch() {
        room.source.commits(Map.of("a.js", "use lib.js\nreturn a1", "b.js", "return b1", "lib.js", "1"));
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.push(PUSH);
        room.source.asked.clear();
    }

    @Test
    void all_that_changed_moves_in_one_swap_at_the_head_of_now() {
        String commit = room.source.commits(Map.of("a.js", "return a2", "b.js", "return b2"));
        long before = room.scripts.release().promotion();
        room.source.afterRead = () -> room.source.headIs("2222222222222222222222222222222222222222");
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.commit()).contains(commit);
        assertThat(pushed.problem()).isEmpty();
        assertThat(pushed.scripts().values())
                .hasSize(2)
                .allSatisfy(one ->
                        assertThat(((Refreshed.Promoted) one).promotion()).isEqualTo(before + 1));
        assertThat(room.source.asked).extracting(address -> address.reference()).containsOnly(commit);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
    }

    @Test
    void what_it_did_not_change_costs_no_read_and_no_compilation() {
        room.source.lists = true;
        room.source.has("b.js", "return b2");
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.scripts().get(A)).isInstanceOf(Refreshed.Unchanged.class);
        assertThat(pushed.scripts().get(B)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.source.asked).extracting(address -> address.path()).containsExactly("b.js");
        assertThat(room.source.listsAsked).hasValue(1);
        assertThat(room.engine.compilations("use lib.js\nreturn a1")).isEqualTo(1);
    }

    @Test
    void a_changed_import_moves_a_script_whose_own_text_is_the_same() {
        room.source.lists = true;
        room.source.has("lib.js", "2");
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.scripts().get(A)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.source.asked).extracting(address -> address.path()).containsExactly("lib.js");
        Version version = room.scripts.version(A, 2).orElseThrow();
        assertThat(version.source().siblings()).isEqualTo(Map.of("lib.js", "2"));
        assertThat(version.message()).contains("why not");
        assertThat(version.author()).contains("Ada");
    }

    @Test
    void an_import_that_was_deleted_refuses_the_script_without_a_read() {
        room.source.lists = true;
        room.source.lacks("lib.js");
        assertThat(((Refreshed.Refused) room.scripts.push(PUSH).scripts().get(A)).why())
                .contains("lib.js")
                .contains("there is no lib.js at commit " + room.source.head().substring(0, 7));
        assertThat(room.source.asked).isEmpty();
        assertThat(room.says(A)).isEqualTo("a1");
    }

    @Test
    void a_push_that_comes_again_costs_one_question_for_the_head() {
        room.source.lists = true;
        int heads = room.source.headsAsked.get();
        assertThat(room.scripts.push(PUSH).scripts().values()).allMatch(Refreshed.Unchanged.class::isInstance);
        assertThat(room.source.asked).isEmpty();
        assertThat(room.source.listsAsked).hasValue(0);
        assertThat(room.source.headsAsked.get() - heads).isEqualTo(1);
    }

    @Test
    void a_host_that_does_not_answer_is_a_problem_of_the_delivery() {
        room.source.die();
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.problem()).contains("the host does not answer");
        assertThat(pushed.commit()).isEmpty();
        assertThat(pushed.scripts().values()).allMatch(Refreshed.Refused.class::isInstance);
        assertThat(room.source.reads()).as("one question for both scripts").isEqualTo(1);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
    }

    @Test
    void no_call_waits_for_it() throws Exception {
        room.source.commits(Map.of("a.js", "return a2", "b.js", "return b2"));
        room.source.hold();
        Thread push = Thread.ofVirtual().start(() -> room.scripts.push(PUSH));
        room.source.awaitArrival();
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
        room.source.letAllGo();
        push.join();
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
    }

    @Test
    void a_script_that_is_saved_while_it_is_read_does_not_split_it() throws Exception {
        room.source.commits(Map.of("a.js", "return a2", "b.js", "return b2"));
        room.source.hold();
        Thread push = Thread.ofVirtual().start(() -> room.scripts.push(PUSH));
        room.source.awaitArrival();
        room.update(Room.polled(linked(B, "b.js"), 60));
        room.source.letAllGo();
        push.join();
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
    }

    @Nested
    class Concerned {
        private static final ScriptId TAG = ScriptId.event("db.tag.get");
        private static final ScriptId PIN = ScriptId.event("db.pin.get");
        private static final ScriptId OTHER = ScriptId.event("db.other.get");
        private static final ScriptId FULL = ScriptId.event("db.full.get");
        private static final ScriptId DEFAULT = ScriptId.event("db.default.get");

        @BeforeEach
        void scripts_of_other_places() {
            room.create(linkedTo("sales", "v1", TAG, "a.js"));
            room.create(linkedTo("sales", "9f2c1e7000000000000000000000000000000000", PIN, "a.js"));
            room.create(linkedTo("other", "main", OTHER, "a.js"));
            room.create(linkedTo("Sales", "refs/heads/main", FULL, "a.js"));
            room.create(linkedTo("sales", "", DEFAULT, "a.js"));
        }

        private List<ScriptId> of(String repository, String reference) {
            return room.scripts.concerned(new Push(Room.REPO, repository, reference, "test"));
        }

        @Test
        void those_of_that_branch_however_their_records_spell_it() {
            assertThat(of("sales", "refs/heads/main")).containsExactlyInAnyOrder(A, B, FULL, DEFAULT);
            assertThat(of("SALES", "main")).containsExactlyInAnyOrder(A, B, FULL, DEFAULT);
        }

        @Test
        void those_of_that_tag() {
            assertThat(of("sales", "refs/tags/v1")).containsExactly(TAG);
            assertThat(of("sales", "refs/heads/v1")).as("it may be a branch").containsExactly(TAG);
        }

        @Test
        void never_one_that_is_pinned_to_a_commit() {
            assertThat(of("sales", "")).containsExactlyInAnyOrder(A, B, FULL, DEFAULT, TAG);
            assertThat(of("", "")).containsExactlyInAnyOrder(A, B, FULL, DEFAULT, TAG, OTHER);
        }

        @Test
        void any_branch_may_be_the_default_one_of_a_host_that_does_not_tell() {
            room.source.defaultBranch = "";
            assertThat(of("sales", "refs/heads/work")).containsExactly(DEFAULT);
            assertThat(of("sales", "refs/tags/work")).isEmpty();
        }

        @Test
        void a_pinned_script_runs_that_commit_and_asks_for_no_head() {
            room.source.has("a.js", "return pinned", "9f2c1e7000000000000000000000000000000000");
            room.source.has("a.js", "return newer");
            int heads = room.source.headsAsked.get();
            assertThat(room.says(PIN)).isEqualTo("pinned");
            assertThat(room.source.headsAsked.get()).isEqualTo(heads);
        }

        @Test
        void all_that_are_linked_to_a_storage_service_when_nothing_is_said_of_a_repository() {
            assertThat(room.scripts.concerned(new Push(Room.PLAIN, "", "", "test")))
                    .isEmpty();
            assertThat(room.scripts.concerned(new Push(77, "", "", "test"))).isEmpty();
        }
    }
}
