package io.sluice.bench;

import java.util.Arrays;

/**
 * The median of a sample and an interval for the median of what was sampled.
 *
 * <p>The interval lies between two order statistics, so it assumes independent values but no distribution: a value is
 * below the true median with probability one half, so the number of values below it is binomial. Of the symmetric pairs
 * of ranks the narrowest is taken that holds the true median with probability 0.95 or more. Fewer than six values have no
 * such pair; then the interval is smallest to largest value and {@code confidence} says what that is worth.
 *
 * @param confidence probability, below 1, that the interval holds the true median
 */
record Estimate(double median, double low, double high, double confidence, int count) {
    private static final double TAIL = 0.025;

    static Estimate of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values to take a median of");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int rank = lowerRank(n);
        double confidence = 1 - 2 * belowOrAt(n, rank - 1);
        return new Estimate(middle(sorted), sorted[rank - 1], sorted[n - rank], confidence, n);
    }

    /** Median of the values, which may be in any order. */
    static double median(double[] values) {
        return of(values).median();
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The largest rank, counted from 1, whose tail is small enough; 1 where none is. */
    static int lowerRank(int n) {
        int rank = 1;
        while (belowOrAt(n, rank) <= TAIL) {
            rank++;
        }
        return rank;
    }

    /** P(X ≤ k) for X binomial with n trials of one half; in logarithms, since 2^-n leaves the doubles at n = 1075. */
    private static double belowOrAt(int n, int k) {
        double log = -n * Math.log(2);
        double sum = Math.exp(log);
        for (int i = 1; i <= k; i++) {
            log += Math.log(n - i + 1.0) - Math.log(i);
            sum += Math.exp(log);
        }
        return sum;
    }
}
