package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void medianOfAnOddAndAnEvenNumberOfValuesInAnyOrder() {
        assertThat(Estimate.median(new double[] {9, 1, 4})).isEqualTo(4);
        assertThat(Estimate.median(new double[] {9, 1, 4, 5})).isEqualTo(4.5);
    }

    @Test
    void leavesTheValuesInTheirOrder() {
        double[] values = {3, 1, 2};
        Estimate.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    /** The ranks that printed tables of the sign test give for two-sided 95 %. */
    @Test
    void ranksAreThoseOfTheTables() {
        assertThat(Estimate.lowerRank(6)).isEqualTo(1);
        assertThat(Estimate.lowerRank(9)).isEqualTo(2);
        assertThat(Estimate.lowerRank(12)).isEqualTo(3);
        assertThat(Estimate.lowerRank(20)).isEqualTo(6);
        assertThat(Estimate.lowerRank(25)).isEqualTo(8);
        assertThat(Estimate.lowerRank(50)).isEqualTo(18);
        assertThat(Estimate.lowerRank(100)).isEqualTo(40);
    }

    @Test
    void ranksOfManyValuesComeNearTheNormalDistribution() {
        assertThat(Estimate.lowerRank(5_000)).isCloseTo((int) (2_500 - 1.96 * Math.sqrt(5_000) / 2), within(2));
    }

    @Test
    void intervalIsMadeOfTheValuesAtItsRanks() {
        Estimate estimate = Estimate.of(oneTo(20));
        assertThat(estimate.low()).isEqualTo(6);
        assertThat(estimate.high()).isEqualTo(15);
        assertThat(estimate.median()).isEqualTo(10.5);
        assertThat(estimate.confidence()).isCloseTo(0.9586, within(0.0001));
        assertThat(estimate.count()).isEqualTo(20);
    }

    @Test
    void fewValuesGiveTheirWholeRangeAndSayWhatItIsWorth() {
        Estimate estimate = Estimate.of(oneTo(5));
        assertThat(estimate.low()).isEqualTo(1);
        assertThat(estimate.high()).isEqualTo(5);
        assertThat(estimate.confidence()).isCloseTo(0.9375, within(1e-9));
    }

    @Test
    void intervalHoldsTheTrueMedianAsOftenAsItSays() {
        Random random = new Random(20_260_101);
        int samples = 4_000;
        long held = IntStream.range(0, samples)
                .mapToObj(i -> Estimate.of(
                        random.doubles(41).map(u -> -Math.log(1 - u)).toArray()))
                .filter(e -> e.low() <= Math.log(2) && Math.log(2) <= e.high())
                .count();
        double confidence = Estimate.of(oneTo(41)).confidence();
        assertThat(confidence).isGreaterThanOrEqualTo(0.95);
        assertThat(held / (double) samples).isCloseTo(confidence, within(0.015));
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Estimate.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] oneTo(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    }
}
