package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.script.Scripts.Ran;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The host is down when a script is wanted for the first time: the call fails, and never goes on as if there were no script. */
class F14_HostDownAtFirstLoadTest extends FreshRoom {
    @Test
    void without_a_good_version_an_unreadable_script_is_a_503_never_skipped() {
        room.source.die();
        room.create(linked(A, "a.js"));
        Ran.Failed failed = (Ran.Failed) room.run(A);
        assertThat(failed.error().status()).isEqualTo(503);
        assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_unavailable"));
        assertThat(failed.headers()).containsEntry("Retry-After", "1");
        assertThat(failed.error().message()).doesNotContain("host");
    }

    @Test
    void one_that_could_not_be_had_runs_as_soon_as_it_can() {
        room.source.die();
        room.create(linked(A, "a.js"));
        assertThat(room.says(A)).startsWith("503");
        room.source.has("a.js", "return one");
        room.time.pass(Duration.ofSeconds(1));
        assertThat(room.says(A)).isEqualTo("one");
    }
}
