package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a branch and its files in Git: the last good versions keep running, and the state says what is missing. */
class F09_ForcedDeletedRenamedTest extends FreshRoom {
    @BeforeEach
    void two_good_scripts() {
        room.source.commits(Map.of("a.js", "return a1", "b.js", "return b1"));
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.push(PUSH);
    }

    @Test
    void a_deleted_branch() {
        room.source.deleteBranch();
        Pushed pushed = room.scripts.push(PUSH);
        assertThat(pushed.commit()).isEmpty();
        assertThat(pushed.problem()).as("the delivery itself went well").isEmpty();
        assertThat(pushed.scripts().values()).allMatch(Refreshed.Refused.class::isInstance);
        assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
        assertThat(room.status(A).lastError()).isEqualTo("there is no branch 'main'");
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
        room.restart();
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
    }

    @Test
    void a_renamed_file_is_missing_and_does_not_hold_up_the_others() {
        room.source.commits(Map.of("a.js", "return a2", "c.js", "return b1"));
        room.source.lacks("b.js");
        room.scripts.push(PUSH);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b1");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
        assertThat(room.status(B).state()).isEqualTo(ScriptState.MISSING);
        room.update(linked(B, "c.js"));
        assertThat(room.says(B)).isEqualTo("b1");
        assertThat(room.status(B).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void a_file_that_comes_back() {
        room.source.lacks("b.js");
        room.scripts.push(PUSH);
        room.source.has("b.js", "return b3");
        assertThat(room.scripts.push(PUSH).scripts().get(B)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.status(B).state()).isEqualTo(ScriptState.LIVE);
        assertThat(room.status(B).lastError()).isNull();
    }

    @Test
    void a_forced_push_of_a_bad_text_changes_nothing() {
        room.source.rewrites(Map.of("a.js", "!!!"));
        room.scripts.push(PUSH);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
    }
}
