package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.SourceSet;
import io.sluice.observe.Observation;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.Scripts.Ran;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Texts that cannot be compiled now, and those that take long: nothing of that is kept, and nobody waits without end. */
class CompilingTest extends FreshRoom {
    private static final Compilation.NotNow SHORTAGE =
            new Compilation.NotNow("no worker was free to read it", Duration.ofSeconds(7));

    @Test
    void a_text_that_could_not_be_checked_on_save_is_a_503_until_it_can_be() {
        room.engine.shortage = SHORTAGE;
        room.create(stored(A, "return one"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
        assertThat(room.status(A).lastError()).isEqualTo("it could not be checked now: no worker was free to read it");
        Ran.Failed failed = (Ran.Failed) room.run(A);
        assertThat(failed.error().status()).isEqualTo(503);
        assertThat(failed.error().message()).contains("no worker was free to read it", "Try again in 7 s");
        assertThat(failed.headers()).containsEntry("Retry-After", "7");
        int asked = room.engine.compilations("return one");
        room.run(A);
        assertThat(room.engine.compilations("return one"))
                .as("not asked for by each call")
                .isEqualTo(asked);
        room.engine.shortage = null;
        room.time.pass(Duration.ofSeconds(7));
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void the_old_version_of_a_stored_script_serves_until_the_new_one_could_be_checked() throws Exception {
        room.create(stored(A, "return one"));
        room.engine.shortage = SHORTAGE;
        room.update(stored(A, "return two"));
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
        room.engine.shortage = null;
        room.time.pass(Duration.ofSeconds(10));
        room.await(one -> one instanceof Observation.ScriptPromoted promoted && promoted.version() == 2);
        assertThat(room.says(A)).isEqualTo("two");
    }

    @Test
    void a_refresh_says_so_and_the_last_good_version_goes_on() throws Exception {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.has("a.js", "return two");
        room.engine.shortage = SHORTAGE;
        assertThat(room.scripts.refresh(A)).isInstanceOfSatisfying(Refreshed.Refused.class, refused -> {
            assertThat(refused.why()).contains("could not be checked now");
            assertThat(refused.goesOn()).isPresent();
        });
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.seen(Observation.ScriptUnavailable.class)).hasSize(1);
        room.engine.shortage = null;
        room.time.pass(Duration.ofSeconds(10));
        room.await(one -> one instanceof Observation.ScriptPromoted promoted && promoted.version() == 2);
        assertThat(room.says(A)).isEqualTo("two");
    }

    @Test
    void a_record_that_says_fail_fails_while_a_new_text_cannot_be_checked() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js", OnFetchError.FAIL));
        room.run(A);
        room.source.has("a.js", "return two");
        room.engine.shortage = SHORTAGE;
        room.scripts.clear(A, "test");
        assertThat(room.says(A)).startsWith("503").contains("its record says that then the call fails");
    }

    @Test
    void a_version_that_cannot_be_compiled_when_it_is_to_run_is_a_503_for_that_call_only() {
        room.create(stored(A, "return one"));
        room.restart();
        room.engine.shortage = SHORTAGE;
        Ran.Failed failed = (Ran.Failed) room.run(A);
        assertThat(failed.error().status()).isEqualTo(503);
        assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_unavailable"));
        assertThat(failed.headers()).containsEntry("Retry-After", "7");
        room.engine.shortage = null;
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void nothing_is_rolled_back_to_what_cannot_be_checked() {
        room.create(stored(A, "return one"));
        room.update(stored(A, "return two"));
        room.restart();
        room.engine.shortage = SHORTAGE;
        assertThatThrownBy(() -> room.scripts.rollback(A, 1, OptionalLong.empty()))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(503);
                    assertThat(refused.headers()).containsEntry("Retry-After", "7");
                });
        room.engine.shortage = null;
        assertThat(room.says(A)).isEqualTo("two");
        room.scripts.rollback(A, 1, OptionalLong.empty());
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void a_dry_run_of_what_cannot_be_checked_is_a_503() {
        DryRuns runs = new DryRuns(new Engines(List.of(room.engine)), Map.of());
        SourceSet text = new SourceSet("a", "nodejs", "return one", Map.of());
        DryRuns.Setting setting =
                new DryRuns.Setting(new LinkedHashMap<>(), List.of(), new LinkedHashMap<>(), Map.of());
        room.engine.shortage = SHORTAGE;
        assertThatThrownBy(() -> runs.run(stored(A, "return one"), text, setting))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(503);
                    assertThat(refused.headers()).containsEntry("Retry-After", "7");
                });
        room.engine.shortage = null;
        assertThat(runs.run(stored(A, "return one"), text, setting).value()).isEqualTo("one");
        assertThat(room.engine.open.get()).isZero();
    }

    @Test
    void a_slow_compiler_holds_nobody_up_but_those_who_need_that_program_and_them_not_for_ever() {
        CountDownLatch compiled = new CountDownLatch(1);
        room.create(stored(A, "return slow"));
        for (int i = 0; i < 40; i++) {
            room.create(stored(ScriptId.event("db.e" + i + ".get"), "return " + i));
        }
        room.restart();
        room.engine.slow.put("return slow", compiled);
        int before = room.engine.compilations("return slow");
        Ran.Failed failed = (Ran.Failed) room.run(A, room.open().nested(System.nanoTime() + 1_000_000));
        assertThat(failed.error().status()).isEqualTo(503);
        assertThat(failed.error().message()).contains("it is still being compiled");
        assertThat(failed.headers()).containsKey("Retry-After");
        for (int i = 0; i < 40; i++) {
            assertThat(room.says(ScriptId.event("db.e" + i + ".get"))).isEqualTo("" + i);
        }
        compiled.countDown();
        assertThat(room.says(A)).isEqualTo("slow");
        assertThat(room.engine.compilations("return slow") - before)
                .as("the compilation went on for the next")
                .isEqualTo(1);
    }

    @Test
    void a_call_waits_for_the_first_compilation_of_a_text_no_longer_than_its_own_time() throws Exception {
        CountDownLatch compiled = new CountDownLatch(1);
        room.engine.slow.put("return slow", compiled);
        Thread save = Thread.ofVirtual().start(() -> room.create(stored(A, "return slow")));
        room.create(stored(B, "return b"));
        while (room.scripts.definition(A).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(Room.says(room.run(A, room.open().nested(System.nanoTime() + 1_000_000))))
                .startsWith("503")
                .contains("it was not compiled within");
        assertThat(room.says(B)).as("others are saved and run meanwhile").isEqualTo("b");
        compiled.countDown();
        save.join();
        assertThat(room.says(A)).isEqualTo("slow");
    }

    @Test
    void a_program_that_was_compiled_for_nobody_is_closed() {
        CountDownLatch compiled = new CountDownLatch(1);
        room.create(stored(A, "return slow"));
        room.restart();
        int before = room.engine.open.get();
        room.engine.slow.put("return slow", compiled);
        Compiling compiling = new Compiling();
        compiling.start(
                new Engines(List.of(room.engine)), new SourceSet("a", "nodejs", "return slow", Map.of()), () -> {});
        assertThat(compiling.await(System.nanoTime())).isInstanceOf(Compilation.NotNow.class);
        compiling.leave();
        assertThat(compiling.enter()).isFalse();
        compiled.countDown();
        assertThat(compiling.await(Long.MAX_VALUE)).isInstanceOf(Compilation.Compiled.class);
        assertThat(room.engine.open.get()).isEqualTo(before);
    }
}
