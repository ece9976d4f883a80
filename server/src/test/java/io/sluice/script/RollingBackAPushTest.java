package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.observe.Observation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that a push promoted goes back at once, or nothing does. */
class RollingBackAPushTest extends FreshRoom {
    private static final ScriptId C = ScriptId.event("db._table.c.get.post_process");

    private long second;

    @BeforeEach
    void two_pushes() {
        room.source.commits(Map.of("a.js", "return a1", "b.js", "return b1"));
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.create(stored(C, "return c1"));
        room.scripts.push(PUSH);
        second = push("a2", "b2");
    }

    private long push(String a, String b) {
        room.source.commits(Map.of("a.js", "return " + a, "b.js", "return " + b));
        room.scripts.push(PUSH);
        return room.scripts.release().promotion();
    }

    private List<Refreshed.Promoted> rollback(long promotion) {
        return room.scripts.rollback(promotion, OptionalLong.empty(), (tx, id, text) -> {});
    }

    private ApiError refused(long promotion) {
        return catchThrowableOfType(ApiException.class, () -> rollback(promotion))
                .error();
    }

    private void runs(String a, String b) {
        assertThat(List.of(room.says(A), room.says(B))).containsExactly(a, b);
    }

    @Test
    void every_script_of_it_runs_what_it_ran_before_under_one_new_number() {
        room.seen.clear();
        List<Refreshed.Promoted> back = rollback(second);
        assertThat(back)
                .extracting(one -> one.version().script(), one -> one.version().number(), Refreshed.Promoted::promotion)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(A, 1, second + 1),
                        org.assertj.core.groups.Tuple.tuple(B, 1, second + 1));
        assertThat(room.scripts.release().promotion()).isEqualTo(second + 1);
        assertThat(room.seen(Observation.ScriptPromoted.class)).hasSize(2);
        runs("a1", "b1");
        assertThat(room.says(C)).isEqualTo("c1");
        room.restart();
        runs("a1", "b1");
    }

    @Test
    void what_it_turned_away_from_does_not_come_back_with_the_next_push() {
        rollback(second);
        push("a2", "b3");
        runs("a1", "b3");
    }

    @Test
    void a_script_that_has_moved_on_stays_where_it_is() {
        push("a2", "b3");
        assertThat(rollback(second)).extracting(one -> one.version().script()).containsExactly(A);
        runs("a1", "b3");
    }

    @Test
    void before_a_push_that_followed_a_rollback_is_what_the_rollback_had_made_current() {
        rollback(second);
        long third = push("a3", "b3");
        rollback(third);
        runs("a1", "b1");
    }

    @Test
    void a_rollback_is_a_promotion_and_can_be_taken_back_too() {
        rollback(rollback(second).getFirst().promotion());
        runs("a2", "b2");
    }

    @Test
    void nothing_moves_when_one_of_them_had_no_version_before() {
        room.create(linked(ScriptId.event("db.d.get"), "d.js"));
        room.source.commits(Map.of("a.js", "return a3", "d.js", "return d1"));
        room.scripts.push(PUSH);
        long third = room.scripts.release().promotion();
        ApiError refused = refused(third);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message())
                .isEqualTo("Nothing was rolled back: of event:db.d.get no version from before promotion " + third
                        + " is kept.");
        runs("a3", "b2");
        assertThat(room.scripts.release().promotion()).isEqualTo(third);
    }

    @Test
    void a_script_of_it_that_is_pushed_anew_while_the_others_are_checked_stops_it() {
        room.restart();
        room.engine.outside = () -> {
            room.engine.outside = () -> {};
            push("a2", "b3");
        };
        ApiError refused = refused(second);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).startsWith("Nothing was rolled back: scripts of it were changed meanwhile.");
        runs("a2", "b3");
    }

    @Test
    void a_number_that_nothing_runs_with_is_a_404() {
        assertThat(refused(second + 7).status()).isEqualTo(404);
    }
}
