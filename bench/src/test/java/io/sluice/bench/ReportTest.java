package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void aFigureAtItsLimitIsMetAndOneAboveIsNot() {
        Finding.Bar at = new Finding.Bar("start", 3, 3, "s", "");
        Finding.Bar above = new Finding.Bar("memory", 450.1, 450, "MB", "");
        assertThat(new Report(List.of(at)).allMet()).isTrue();
        assertThat(new Report(List.of(at, above)).allMet()).isFalse();
        assertThat(new Report(List.of(at, above)).text())
                .containsPattern("start +3.000 s +3.000 s +pass")
                .containsPattern("memory +450 MB +450 MB +FAIL");
    }

    @Test
    void aShareAtItsLimitIsMetAndOneBelowIsNot() {
        Finding.Floor at = new Finding.Floor("share", 0.4, 0.4, "", "");
        Finding.Floor below = new Finding.Floor("share", 0.39, 0.4, "", "");
        Finding.Floor none = new Finding.Floor("share", Double.NaN, 0.4, "", "");
        assertThat(new Report(List.of(at)).allMet()).isTrue();
        assertThat(new Report(List.of(below)).allMet()).isFalse();
        assertThat(new Report(List.of(none)).allMet()).isFalse();
    }

    @Test
    void aFigureThatCouldNotBeTakenIsNotMet() {
        Finding.Bar none = new Finding.Bar("ratio", Double.NaN, 2.5, "x", "");
        assertThat(new Report(List.of(none)).allMet()).isFalse();
    }
}
