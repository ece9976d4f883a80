package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hardened contexts: nothing that one run does is seen by the next ({@code leaks.txt}), though a script that gave itself away by its
 * text, or in its first runs, would get new ones. The attempt comes after those first runs, in a context that was used before.
 */
class JsLeakTest {
    record Attempt(String attack, String look) {
        @Override
        public String toString() {
            return attack;
        }
    }

    static List<Attempt> attempts() {
        return Hardening.lines("leaks.txt").stream()
                .map(line -> line.split(" ==> ", 2))
                .map(parts -> new Attempt(parts[0], parts[1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void leavesNothing(Attempt attempt) {
        String text = "if (event.attack) { " + attempt.attack() + " } else { return " + attempt.look() + " }";
        try (JsProgram program = Hardening.program(text)) {
            Hardening.harden(program, () -> look(program));
            Object before = look(program);
            for (int i = 0; i < 3; i++) {
                Js js = js();
                js.event.put("attack", true);
                js.run(program);
                assertThat(look(program)).as("after attempt " + i).isEqualTo(before);
            }
        }
    }

    private static Object look(JsProgram program) {
        return Js.completed(js().run(program)).value();
    }

    private static Js js() {
        Js js = new Js();
        js.strict = false;
        js.event = new LinkedHashMap<>(Map.of("request", new LinkedHashMap<>(), "list", new ArrayList<>(List.of(1))));
        js.platform.put("session", new LinkedHashMap<>());
        return js;
    }

    @Test
    void theCorpusIsThere() {
        assertThat(attempts()).hasSizeGreaterThanOrEqualTo(60);
    }

    /** Else the others would prove nothing. */
    @Test
    void aRunThatLeavesGlobalsAndErrorsBehindDoesNotCostTheContext() {
        JsProgram program =
                Hardening.program("if (event.attack) { leak = 1; throw new Error('x') } return typeof leak");
        Hardening.harden(program, () -> look(program));
        int ready = program.hardenedReady();
        for (int i = 0; i < 50; i++) {
            Js js = js();
            js.event.put("attack", true);
            assertThat(js.run(program).outcome()).isInstanceOf(Run.Outcome.Threw.class);
            assertThat(look(program)).isEqualTo("undefined");
        }
        io.sluice.testing.Eventually.is("still there", () -> program.hardenedReady() == ready);
        program.close();
    }
}
