package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.Scripts.Ran;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is empty, does not compile or cannot be read is refused; the last good version goes on. */
class TurnedDownTest extends FreshRoom {
    @Test
    void a_missing_text_is_refused_and_the_last_good_version_goes_on() {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.lacks("a.js");
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("good");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
        assertThat(room.status(A).lastError()).isEqualTo("there is no such file");
    }

    @Test
    void an_unreachable_source_leaves_the_script_stale() {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.die();
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("good");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
        assertThat(room.status(A).lastError()).isEqualTo("the host does not answer");
        assertThat(room.seen(Observation.ScriptUnavailable.class))
                .singleElement()
                .satisfies(lost -> {
                    assertThat(lost.source()).isEqualTo("git repo/sales@main:a.js");
                    assertThat(lost.next()).isEqualTo("version 1 keeps running");
                });
    }

    @Test
    void without_a_good_version_a_missing_or_empty_text_is_a_503() {
        room.create(linked(A, "a.js"));
        assertThat(room.says(A)).startsWith("503");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
        room.source.has("b.js", " ");
        room.create(linked(B, "b.js"));
        assertThat(room.says(B)).startsWith("503");
    }

    @Test
    void without_a_good_version_a_text_that_does_not_compile_is_a_500_with_line_and_column() {
        room.source.has("a.js", "print x\nreturn !!!");
        room.create(linked(A, "a.js"));
        room.create(stored(B, "print x\n\n  !!!"));
        Ran.Failed failed = (Ran.Failed) room.run(A);
        assertThat(failed.error().status()).isEqualTo(500);
        assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_compile_failed"));
        assertThat(failed.error().message()).contains("line 2, column 8");
        assertThat(room.says(B)).startsWith("500").contains("line 3, column 3");
    }

    @Test
    void saving_a_record_never_fails_on_its_content_and_the_last_good_version_goes_on() {
        room.create(stored(A, "return good"));
        SavedScript saved = room.update(stored(A, "!!!"));
        assertThat(saved.definition().content()).isEqualTo("!!!");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
        assertThat(room.status(A).lastError()).contains("line 1, column 1");
        assertThat(room.says(A)).isEqualTo("good");
        room.update(stored(A, "return better"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
        assertThat(room.says(A)).isEqualTo("better");
    }

    @Test
    void fail_means_503_even_with_a_good_version() {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js", OnFetchError.FAIL));
        assertThat(room.says(A)).isEqualTo("good");
        room.source.die();
        assertThat(room.says(A)).as("not looked at, so nothing failed").isEqualTo("good");
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).startsWith("503");
        assertThat(room.says(A)).startsWith("503");
        room.source.has("a.js", "return better");
        room.time.pass(Duration.ofSeconds(1));
        assertThat(room.says(A)).isEqualTo("better");
    }

    @Test
    void skip_leaves_it_out_only_while_there_is_no_good_version() {
        room.source.die();
        room.create(linked(A, "a.js", OnFetchError.SKIP));
        assertThat(room.run(A)).isInstanceOf(Ran.Skipped.class);
        assertThat(room.seen(Observation.ScriptRan.class))
                .last()
                .satisfies(ran -> assertThat(ran.outcome()).startsWith("skipped"));
        room.source.has("a.js", "return good");
        room.scripts.refresh(A);
        room.source.die();
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("good");
    }

    @Test
    void skip_does_not_hide_a_text_that_does_not_compile() {
        room.source.has("a.js", "!!!");
        room.create(linked(A, "a.js", OnFetchError.SKIP));
        assertThat(room.says(A)).startsWith("500");
    }

    @Test
    void a_fault_of_the_engine_does_not_take_away_what_runs() {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.has("a.js", "return better");
        room.engine.faultWhileCompiling = new IllegalStateException("broken");
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("good");
        assertThat(room.seen(Observation.Note.class)).isNotEmpty();
        room.engine.faultWhileCompiling = null;
        room.time.pass(Duration.ofSeconds(1));
        room.scripts.refresh(A);
        assertThat(room.says(A)).isEqualTo("better");
    }
}
