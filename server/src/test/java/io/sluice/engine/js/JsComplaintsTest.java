package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import io.sluice.testing.Eventually;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A failure in a hardened context that may have come from the hardening: new contexts follow, but a caller cannot make it so for good. */
class JsComplaintsTest {
    private static final String HERE = "1:1 not a function";
    private static final String THERE = "2:1 not a function";

    @Test
    void F32_dataThatMakesAScriptFailDoesNotEndItsHardenedContexts() {
        try (JsProgram program = Hardening.program("return event.name.trim()")) {
            Hardening.harden(program, () -> named(program, "a"));
            assertThat(Js.threw(named(program, 7)).message()).contains("not a function");
            Eventually.is("in new contexts", () -> program.hardenedReady() == 0);
            // Here it fails just so, which tells that the hardening is not to blame.
            assertThat(Js.threw(named(program, 7)).message()).contains("not a function");
            Eventually.is("hardened again", () -> {
                named(program, "a");
                return program.hardenedReady() > 0;
            });
            for (int i = 0; i < 3; i++) {
                assertThat(Js.threw(named(program, 7)).message()).contains("not a function");
                Hardening.settled(program);
            }
        }
    }

    private static Run named(JsProgram program, Object name) {
        Js js = new Js();
        js.strict = false;
        js.event = new LinkedHashMap<>(Map.of("name", name));
        return js.run(program);
    }

    @Test
    void aScriptThatTheHardeningMakesFailRunsInNewContextsMoreAndMoreOften() {
        Complaints complaints = tried(new Complaints(), Complaints.TRIALS);
        for (int runs = 2 * Complaints.TRIALS; runs < 100; runs *= 2) {
            assertThat(complaints.hardenedContext(HERE)).isTrue();
            tried(complaints, runs);
        }
    }

    @Test
    void whatFailsInANewContextTooIsNoComplaintFromThenOn() {
        Complaints complaints = tried(new Complaints(), Complaints.TRIALS);
        assertThat(complaints.hardenedContext(HERE)).isTrue();
        complaints.newContext(THERE);
        assertThat(complaints.apart()).isTrue();
        complaints.newContext(HERE);
        assertThat(complaints.apart()).isFalse();
        assertThat(complaints.hardenedContext(HERE)).isFalse();
        assertThat(complaints.hardenedContext(THERE)).isFalse();
        assertThat(complaints.apart()).isFalse();
    }

    @Test
    void onlyTheLastRunsInNewContextsAreLookedAt() {
        Complaints complaints = new Complaints();
        assertThat(complaints.looks()).isTrue();
        tried(complaints, Complaints.TRIALS);
        assertThat(complaints.looks()).isFalse();
        complaints.hardenedContext(HERE);
        assertThat(complaints.looks()).isFalse();
        for (int i = 0; i < Complaints.TRIALS; i++) {
            complaints.newContext(null);
        }
        assertThat(complaints.looks()).isTrue();
    }

    /** Just so many runs are in new contexts. */
    private static Complaints tried(Complaints complaints, int runs) {
        for (int i = 0; i < runs; i++) {
            assertThat(complaints.apart()).isTrue();
            complaints.newContext(null);
        }
        assertThat(complaints.apart()).isFalse();
        return complaints;
    }
}
