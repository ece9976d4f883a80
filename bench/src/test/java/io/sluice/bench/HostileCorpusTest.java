package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bench.HostileScript.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostileCorpusTest {
    @Test
    void readsALineEachBelowItsEnding() {
        String text = """
            # what this is
            [time]
            for (;;) {}

            [refused]
            f()
            """;
        assertThat(HostileCorpus.scripts(text, "look"))
                .containsExactly(
                        new HostileScript("for (;;) {}", Ending.TIME, "for (;;) {}", "look"),
                        new HostileScript("f()", Ending.FAILURE, "f()", "look"));
    }

    @Test
    void readsBlocksThatNameTheirEnding() {
        String text = """
            # what this is
            ### TIME endless loop
            while True:
                pass
            ### DENIED a file
            return open('/x')  # ### no block
            """;
        assertThat(HostileCorpus.scripts(text, "look"))
                .containsExactly(
                        new HostileScript("endless loop", Ending.TIME, "while True:\n    pass", "look"),
                        new HostileScript("a file", Ending.DENIED, "return open('/x')  # ### no block", "look"));
    }

    @Test
    void readsWhatIsLookedAtAfterAnAttempt() {
        assertThat(HostileCorpus.leaks("# globals\nleak = 1 ==> typeof leak\n"))
                .containsExactly(new HostileScript("leak = 1", Ending.ANY, "leak = 1", "typeof leak"));
    }

    @Test
    void refusesAnEndingThatItDoesNotKnow() {
        assertThatThrownBy(() -> HostileCorpus.scripts("[often]\nf()\n", ""))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("often");
    }

    @Test
    void theCorporaOfTheServerAreRead() throws IOException {
        for (HostileLanguage language : HostileLanguage.values()) {
            assertThat(HostileCorpus.in(Path.of("..").toAbsolutePath(), language))
                    .hasSizeGreaterThanOrEqualTo(60);
        }
    }

    @Test
    void anAnswerIsRightOnlyWithItsReason() {
        HostileScript loop = new HostileScript("loop", Ending.TIME, "", "");
        HostileScript bomb = new HostileScript("bomb", Ending.MEMORY, "", "");
        HostileScript fault = new HostileScript("fault", Ending.FAILURE, "", "");
        HostileScript theft = new HostileScript("theft", Ending.DENIED, "", "");
        assertThat(loop.endedAsItShould(answer(504, "\"script_timeout\""))).isTrue();
        assertThat(loop.endedAsItShould(answer(504, ""))).isFalse();
        assertThat(bomb.endedAsItShould(answer(500, "\"script_memory\""))).isTrue();
        assertThat(bomb.endedAsItShould(answer(504, "\"script_timeout\""))).isFalse();
        assertThat(fault.endedAsItShould(answer(500, ""))).isTrue();
        assertThat(fault.endedAsItShould(answer(200, ""))).isFalse();
        assertThat(theft.endedAsItShould(answer(200, "\"no\""))).isTrue();
        assertThat(theft.endedAsItShould(answer(200, "\"leaked\""))).isFalse();
        assertThat(theft.endedAsItShould(answer(500, HostileScript.SECRET))).isFalse();
    }

    @Test
    void aScriptThatDidNotRunForWantOfAPlaceDidNotEndAsItShould() {
        for (Ending ending : Ending.values()) {
            HostileScript script = new HostileScript("any", ending, "", "");
            assertThat(script.endedAsItShould(answer(503, "\"script_busy\""))).isFalse();
        }
    }

    @Test
    void onlyWhatIsBeyondTheLimitCounts() {
        HostileScript loop = new HostileScript("loop", Ending.TIME, "", "");
        assertThat(loop.millisBeyond(new Answer(504, new byte[0], 310_000_000))).isEqualTo(10);
        assertThat(loop.millisBeyond(new Answer(504, new byte[0], 200_000_000))).isZero();
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), 0);
    }
}
