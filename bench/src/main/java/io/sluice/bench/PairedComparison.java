package io.sluice.bench;

import java.io.IOException;

/**
 * Times of two kinds of call on one connection, in pairs: the two calls of a pair follow each other at once, and the one
 * that comes first alternates from pair to pair. What slows the machine for longer than a call meets both alike.
 *
 * @param differenceMillis second kind minus first kind, pair by pair
 * @param firstMillis time of the first kind alone
 * @param secondMillis time of the second kind alone
 */
record PairedComparison(Estimate differenceMillis, Estimate firstMillis, Estimate secondMillis) {

    static PairedComparison of(Call first, Call second, int pairs, HttpConnection connection) throws IOException {
        double[][] millis = new double[2][pairs];
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                millis[0][i] = millis(first, connection);
                millis[1][i] = millis(second, connection);
            } else {
                millis[1][i] = millis(second, connection);
                millis[0][i] = millis(first, connection);
            }
        }
        return of(millis[0], millis[1]);
    }

    static PairedComparison of(double[] first, double[] second) {
        double[] difference = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            difference[i] = second[i] - first[i];
        }
        return new PairedComparison(Estimate.of(difference), Estimate.of(first), Estimate.of(second));
    }

    private static double millis(Call call, HttpConnection connection) throws IOException {
        return call.on(connection).nanos() / 1e6;
    }

    String detail() {
        return "95 %% interval %.3f to %.3f ms, %,d pairs; p50 %.3f ms against %.3f ms"
                .formatted(
                        differenceMillis.low(),
                        differenceMillis.high(),
                        differenceMillis.count(),
                        secondMillis.median(),
                        firstMillis.median());
    }
}
