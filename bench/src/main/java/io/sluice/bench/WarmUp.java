package io.sluice.bench;

import java.io.IOException;

/**
 * Calls before anything is measured: the JVM's compilers and the one for scripts work in the background. In blocks of 500,
 * until the block's median time has not fallen by 2 % or more for sixteen blocks, at least 10,000 of them and for ten
 * seconds, at most for ninety; of long calls as many as ten to ninety seconds hold. The compilers are known to work on a scripted call
 * for a minute on two cores.
 *
 * @param firstMicros median of the first block
 * @param lastMicros median of the last block
 */
record WarmUp(int calls, double firstMicros, double lastMicros) {
    private static final int BLOCK = 500;
    private static final int LEAST = 10_000;
    private static final long LEAST_NANOS = 10_000_000_000L;
    private static final int PATIENCE = 16;
    private static final double FALL = 0.98;

    static WarmUp with(Call call, HttpConnection connection) throws IOException {
        double first = block(call, connection);
        double last = first;
        double best = first;
        int unchanged = 0;
        int calls = BLOCK;
        long began = System.nanoTime();
        while (isWanted(calls, System.nanoTime() - began, unchanged)) {
            last = block(call, connection);
            calls += BLOCK;
            unchanged = last < best * FALL ? 0 : unchanged + 1;
            best = Math.min(best, last);
        }
        return new WarmUp(calls, first, last);
    }

    private static boolean isWanted(int calls, long nanos, int unchanged) {
        boolean enough = nanos >= LEAST_NANOS && (calls >= LEAST || nanos >= 2 * LEAST_NANOS);
        return nanos < 9 * LEAST_NANOS && (unchanged < PATIENCE || !enough);
    }

    private static double block(Call call, HttpConnection connection) throws IOException {
        double[] micros = new double[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            micros[i] = call.on(connection).nanos() / 1e3;
        }
        return Estimate.median(micros);
    }

    @Override
    public String toString() {
        return "%,d calls, median of a block %.0f us at first, %.0f us at last"
                .formatted(calls, firstMicros, lastMicros);
    }
}
