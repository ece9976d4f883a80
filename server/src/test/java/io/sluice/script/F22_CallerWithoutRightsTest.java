package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A script is read as the platform: its callers need no right on the service that it lives in, and gain none. */
class F22_CallerWithoutRightsTest extends FreshRoom {
    @Test
    void a_caller_without_any_right_triggers_a_fetch_as_the_platform_and_no_event_fires() {
        // The source throws when it is called as a service or asked for events.
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        assertThat(room.says(A)).isEqualTo("one");
    }

    @Test
    void a_push_reads_as_the_platform_too() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        assertThat(room.scripts.push(Room.PUSH).scripts().get(A)).isInstanceOf(Refreshed.Promoted.class);
    }
}
