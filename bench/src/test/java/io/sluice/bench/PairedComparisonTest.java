package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    /** Each pair has a slowness of its own, far larger than the difference that is looked for. */
    @Test
    void findsASmallDifferenceBelowALargeCommonNoise() {
        Random random = new Random(7);
        double[] first = new double[5_000];
        double[] second = new double[5_000];
        for (int i = 0; i < first.length; i++) {
            double slowness = 1 + random.nextDouble() * 20;
            first[i] = slowness + random.nextGaussian() * 0.05;
            second[i] = slowness + 0.2 + random.nextGaussian() * 0.05;
        }
        Estimate difference = PairedComparison.of(first, second).differenceMillis();
        assertThat(difference.median()).isCloseTo(0.2, within(0.01));
        assertThat(difference.low()).isLessThan(0.2);
        assertThat(difference.high()).isGreaterThan(0.2);
        assertThat(difference.high() - difference.low()).isLessThan(0.01);
    }
}
