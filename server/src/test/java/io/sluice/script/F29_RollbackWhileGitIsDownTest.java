package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollback while the host is down: at once, from what is kept. */
class F29_RollbackWhileGitIsDownTest extends FreshRoom {
    @BeforeEach
    void two_versions() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.has("a.js", "return two");
        room.scripts.push(PUSH);
    }

    @Test
    void it_is_instant_and_needs_no_network() {
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
    void the_text_that_it_turned_away_from_changes_nothing_when_the_host_is_back() {
        room.source.die();
        room.scripts.rollback(A, 1, OptionalLong.empty());
        room.source.live();
        assertThat(room.scripts.push(PUSH).scripts().get(A)).isInstanceOf(Refreshed.Unchanged.class);
        room.source.has("readme.md", "another commit");
        assertThat(room.scripts.push(PUSH).scripts().get(A)).isInstanceOf(Refreshed.Unchanged.class);
        assertThat(room.says(A)).isEqualTo("one");
        room.source.has("a.js", "return three");
        room.scripts.push(PUSH);
        assertThat(room.says(A)).isEqualTo("three");
    }
}
