package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile scripts ({@code hostile.txt}): each ends as it should, in either isolation, and the next run of the same program finds
 * nothing of it. How long after its limit is measured by {@link JsHostileBench}; here the bounds are generous on purpose.
 */
class JsHostileTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int MOST_TRIES = 100;

    static List<Hostile> corpus() {
        return Hostile.corpus();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void f32f33f34EndsByItsLimitInANewContext(Hostile hostile) {
        try (JsProgram program = Hardening.program(hostile.text())) {
            ends(hostile, program, true);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void f32f33f34EndsByItsLimitInAHardenedContext(Hostile hostile) {
        try (JsProgram program = Hardening.program(hostile.text())) {
            Hardening.harden(program, () -> hostile.run(program, false, false));
            ends(hostile, program, false);
        }
    }

    private static void ends(Hostile hostile, JsProgram program, boolean strict) {
        Run run = begun(hostile, program, strict);
        assertThat(run).matches(hostile::endedAsItShould, "ends by " + hostile.kind());
        assertThat(run.took()).isLessThan(SOON);
        assertThat(hostile.run(program, false, strict).outcome()).isEqualTo(new Run.Outcome.Completed(false, null));
        theEngineWorks();
    }

    /** On a busy machine the only thread may still tidy up after the run before for all the time that this one has. */
    private static Run begun(Hostile hostile, JsProgram program, boolean strict) {
        Run run = hostile.run(program, true, strict);
        for (int tries = 1; tries < MOST_TRIES && isBusy(run); tries++) {
            run = hostile.run(program, true, strict);
        }
        return run;
    }

    private static boolean isBusy(Run run) {
        return run.outcome() instanceof Run.Outcome.Stopped stopped && stopped.limit() == Run.Limit.BUSY;
    }

    private static void theEngineWorks() {
        Js js = new Js();
        js.event = new LinkedHashMap<>();
        try (JsProgram program = Hardening.program(
                "let s = 0; for (let i = 0; i < 1000; i++) s += i; return [1, 2, 3].map(x => x * 2).length + s + typeof keep")) {
            assertThat(Js.completed(js.run(program)).value()).isEqualTo("499503undefined");
        }
    }

    @Test
    void theCorpusIsThere() {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(60);
    }
}
