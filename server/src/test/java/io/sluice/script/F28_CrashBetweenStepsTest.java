package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.observe.Observation;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails between fetch, store and swap: after a restart there is the old release or the new one, never half of one. */
class F28_CrashBetweenStepsTest extends FreshRoom {
    private static final String FAIL = " begin select raise(abort, 'broken'); end";

    @BeforeEach
    void one_good_release() {
        room.source.has("a.js", "return a1").has("b.js", "return b1");
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.refresh(List.of(A, B));
        room.source.has("a.js", "return a2").has("b.js", "return b2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert on promotion",
                "delete on promotion",
                "insert on script_version when new.script_id like '%.a.%'",
                "insert on script_version when new.script_id like '%.b.%'",
                "update of current_version on script when new.script_id like '%.a.%'",
                "update of current_version on script when new.script_id like '%.b.%'",
                "update of last_error on script when new.script_id like '%.b.%'"
            })
    void a_statement_fails(String step) {
        sql("create trigger broken before " + step + FAIL);
        assertThat(room.scripts.refresh(List.of(A, B)).values()).allMatch(Refreshed.Refused.class::isInstance);
        assertThat(room.says(A) + room.says(B)).as("in memory").isEqualTo("a1b1");
        room.restart();
        sql("drop trigger broken");
        old();
        room.scripts.refresh(List.of(A, B));
        fresh();
    }

    @Test
    void the_process_ends_while_reading() {
        room.source.afterRead = () -> {
            throw new Room.Killed();
        };
        assertThatThrownBy(() -> room.scripts.refresh(List.of(A, B))).isInstanceOf(Room.Killed.class);
        room.restart();
        old();
    }

    @Test
    void the_process_ends_while_compiling() {
        room.engine.faultWhileCompiling = new Room.Killed();
        assertThatThrownBy(() -> room.scripts.refresh(List.of(A, B))).isInstanceOf(Room.Killed.class);
        room.engine.faultWhileCompiling = null;
        room.restart();
        old();
    }

    @Test
    void the_process_ends_right_after_the_commit() {
        room.crashAt = Observation.ScriptPromoted.class::isInstance;
        assertThatThrownBy(() -> room.scripts.refresh(List.of(A, B))).isInstanceOf(Room.Killed.class);
        room.crashAt = one -> false;
        room.restart();
        fresh();
    }

    @Test
    void the_process_ends_between_the_commit_of_a_record_and_the_compilation_of_its_text() {
        room.create(stored(ScriptId.service("s"), "return old"));
        room.engine.faultWhileCompiling = new Room.Killed();
        assertThatThrownBy(() -> room.update(stored(ScriptId.service("s"), "return new")))
                .isInstanceOf(Room.Killed.class);
        room.engine.faultWhileCompiling = null;
        room.restart();
        assertThat(room.says(ScriptId.service("s"))).isEqualTo("new");
        assertThat(room.status(ScriptId.service("s")).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void a_rollback_fails_in_its_middle() {
        room.scripts.refresh(List.of(A, B));
        sql("create trigger broken before update of current_version on script" + FAIL);
        assertThatThrownBy(() -> room.scripts.rollback(A, 1, OptionalLong.empty()));
        room.restart();
        sql("drop trigger broken");
        fresh();
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).as("nothing was turned away").isEqualTo("a2");
    }

    @Test
    void a_transaction_that_rolls_back_leaves_no_trace_in_memory() {
        assertThatThrownBy(() -> room.store.write(tx -> {
                    room.scripts.create(tx, stored(ScriptId.service("s"), "return 1"), OptionalLong.empty());
                    room.scripts.delete(tx, A);
                    room.scripts.update(tx, linked(B, "other.js"), OptionalLong.empty());
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(room.scripts.definitions()).extracting(SavedScript::id).containsExactly(A, B);
        old();
        room.restart();
        old();
    }

    private void old() {
        whole("a1", "b1", 1);
    }

    private void fresh() {
        whole("a2", "b2", 2);
    }

    private void whole(String a, String b, int version) {
        Release release = room.scripts.release();
        assertThat(release.version(A).orElseThrow().number()).isEqualTo(version);
        assertThat(release.version(B).orElseThrow().number()).isEqualTo(version);
        assertThat(room.scripts.versions(A)).hasSize(version);
        assertThat(room.scripts.versions(B)).hasSize(version);
        assertThat(room.status(A).promotion())
                .isEqualTo(release.promotion())
                .isEqualTo(room.status(B).promotion());
        room.source.die();
        assertThat(room.says(A) + room.says(B)).isEqualTo(a + b);
        room.source.has("a.js", "return a2").has("b.js", "return b2");
    }

    private void sql(String statement) {
        room.store.write(tx -> tx.update(statement));
    }
}
