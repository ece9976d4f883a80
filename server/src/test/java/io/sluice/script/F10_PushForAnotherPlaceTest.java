package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A push for another repository, branch or service has no effect: nobody is asked and nothing moves. */
class F10_PushForAnotherPlaceTest extends FreshRoom {
    @BeforeEach
    void one_script() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        room.run(A);
        room.source.has("a.js", "return two");
    }

    @ParameterizedTest
    @CsvSource({
        "7, other, refs/heads/main",
        "7, sales, refs/heads/work",
        "7, sales, refs/tags/v1",
        "7, sales, refs/heads/Main",
        "9, sales, refs/heads/main",
        "77, sales, refs/heads/main"
    })
    void it_has_no_effect(long service, String repository, String reference) {
        int asked = room.source.headsAsked.get() + room.source.reads();
        Push push = new Push(service, repository, reference, "test");
        assertThat(room.scripts.concerned(push)).isEmpty();
        Pushed pushed = room.scripts.push(push);
        assertThat(pushed.scripts()).isEmpty();
        assertThat(pushed.commit()).isEmpty();
        assertThat(pushed.problem()).isEmpty();
        assertThat(room.source.headsAsked.get() + room.source.reads()).isEqualTo(asked);
        assertThat(room.says(A)).isEqualTo("one");
    }
}
