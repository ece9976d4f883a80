package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.polled;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Back to a version that is kept, and what came of the one that was turned away from. */
class RollingBackTest extends FreshRoom {
    @BeforeEach
    void two_versions() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.has("a.js", "return two");
        room.scripts.refresh(A);
    }

    @Test
    void the_hash_that_it_turned_away_from_changes_nothing_when_it_comes_again() throws Exception {
        room.update(polled(linked(A, "a.js"), 60));
        room.run(A);
        room.scripts.rollback(A, 1, OptionalLong.empty());
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).as("a clear").isEqualTo("one");
        room.restart();
        assertThat(room.says(A)).as("a restart").isEqualTo("one");
        assertThat(room.scripts.refresh(A)).as("a push").isInstanceOf(Refreshed.Unchanged.class);
        room.source.has("readme.md", "another commit").arrived.drainPermits();
        room.time.pass(Duration.ofSeconds(60));
        room.source.awaitArrival();
        assertThat(room.scripts.refresh(A)).as("a poll").isInstanceOf(Refreshed.Unchanged.class);
        assertThat(room.says(A)).isEqualTo("one");
        room.source.has("a.js", "return three");
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).as("a new text").isEqualTo("three");
        room.source.has("a.js", "return two");
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).as("turned away for good").isEqualTo("three");
    }

    @Test
    void a_version_that_is_pushed_out_while_it_is_checked_is_not_gone_back_to() {
        for (int number = 3; number <= 20; number++) {
            room.source.has("a.js", "return " + number);
            room.scripts.refresh(A);
        }
        room.restart();
        room.engine.outside = () -> {
            room.engine.outside = () -> {};
            room.source.has("a.js", "return 21");
            room.scripts.refresh(A);
        };
        assertThatThrownBy(() -> room.scripts.rollback(A, 1, OptionalLong.empty()))
                .hasMessageContaining("has no kept version 1");
        room.restart();
        assertThat(room.says(A)).isEqualTo("21");
    }

    @Test
    void each_rollback_remembers_its_own() {
        room.source.has("a.js", "return three");
        room.scripts.refresh(A);
        room.scripts.rollback(A, 2, OptionalLong.empty());
        room.scripts.rollback(A, 1, OptionalLong.empty());
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
        room.source.has("a.js", "return two");
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void going_back_to_what_was_turned_away_forgives_it() {
        room.scripts.rollback(A, 1, OptionalLong.empty());
        room.scripts.rollback(A, 2, OptionalLong.empty());
        assertThat(room.says(A)).isEqualTo("two");
        room.source.has("a.js", "return three");
        room.scripts.refresh(A);
        room.source.has("a.js", "return two");
        room.scripts.refresh(A);
        assertThat(room.says(A)).isEqualTo("two");
    }

    @Test
    void a_fetch_under_way_does_not_undo_it() throws Exception {
        room.source.has("a.js", "return two");
        room.source.hold();
        room.scripts.clear(A, "webhook");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> caller = threads.submit(() -> room.says(A));
            room.source.awaitArrival();
            room.scripts.rollback(A, 1, OptionalLong.empty());
            room.source.letAllGo();
            caller.get();
        }
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void of_a_stored_script_it_writes_the_old_text_into_the_record_as_a_new_version() {
        room.create(stored(B, "return one"));
        room.update(stored(B, "return two"));
        room.scripts.rollback(B, 1, OptionalLong.of(5));
        assertThat(room.says(B)).isEqualTo("one");
        assertThat(room.scripts.versions(B)).extracting(Version::number).containsExactly(3, 2, 1);
        SavedScript saved = room.scripts.definition(B).orElseThrow();
        assertThat(saved.definition().content()).isEqualTo("return one");
        assertThat(saved.modifiedBy()).hasValue(5);
        room.update(stored(B, "return two"));
        assertThat(room.says(B)).as("saving is on purpose").isEqualTo("two");
    }

    @Test
    void a_version_that_is_not_kept_is_a_404() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                io.sluice.api.ApiException.class,
                                () -> room.scripts.rollback(A, 99, OptionalLong.empty()))
                        .error()
                        .status())
                .isEqualTo(404);
    }
}
