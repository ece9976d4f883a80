package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Programs with values of lookups in them: few, apart from all others, never another caller's. */
class LookupProgramsTest extends FreshRoom {
    private String runAs(long person) {
        Caller caller = new Caller(
                Caller.Requestor.API,
                Optional.of(new Caller.Person(person, "n", "u", "f", "l", "e@example.com", false, "")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        return Room.says(room.scripts.run(Room.A, room.open(), caller, event));
    }

    @Test
    void a_thousand_callers_leave_few_programs_and_the_others_in_their_place() {
        room.create(Room.stored(Room.B, "return plain"));
        assertThat(room.says(Room.B)).isEqualTo("plain");
        room.create(Room.stored(Room.A, "return user {user.id} of {df.version}"));
        for (long person = 1; person <= 1000; person++) {
            assertThat(runAs(person)).isEqualTo("user " + person + " of 9.9");
        }
        assertThat(room.engine.open.get()).isLessThan(100);
        assertThat(room.engine.usedAfterClose.get()).isZero();
        assertThat(room.says(Room.B)).isEqualTo("plain");
        assertThat(room.engine.compilations("return plain")).isEqualTo(1);
    }

    @Test
    void the_same_values_are_the_same_program() {
        room.create(Room.stored(Room.A, "return user {user.id}"));
        for (int i = 0; i < 5; i++) {
            runAs(7);
        }
        assertThat(room.engine.compilations("return user 7")).isEqualTo(1);
    }

    @Test
    void a_name_that_stands_for_nothing_compiles_nothing_more() {
        room.create(Room.stored(Room.A, "return {nobody} {user.id}"));
        assertThat(room.says(Room.A)).isEqualTo("{nobody} {user.id}");
        assertThat(room.engine.compiled).hasSize(1);
    }

    @Test
    void a_version_keeps_its_text() {
        room.create(Room.stored(Room.A, "return user {user.id}"));
        runAs(7);
        List<Version> versions = room.scripts.versions(Room.A);
        assertThat(versions)
                .singleElement()
                .satisfies(version -> assertThat(version.source().text()).isEqualTo("return user {user.id}"));
    }
}
