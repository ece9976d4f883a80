package io.sluice.bench;

import java.io.IOException;
import java.util.Arrays;

/**
 * CPU time of a server per call, of two kinds of call, in blocks that alternate: 7 rounds, each with a block of either kind,
 * the first of a round being now the one, now the other, after one block of either kind that is not counted. A block is so
 * many calls that the server spends about a second of CPU in it, so that the kernel's ticks of 10 ms are one per cent of it.
 *
 * @param subjectMicros CPU per call of what is judged, over the rounds
 * @param baseMicros CPU per call of what it is judged against
 * @param ratio the first by the second, round by round
 * @param subjectPerSecond calls answered, over all rounds
 * @param basePerSecond calls answered, over all rounds
 */
record CpuComparison(
        Estimate subjectMicros, Estimate baseMicros, Estimate ratio, double subjectPerSecond, double basePerSecond) {
    private static final int ROUNDS = 7;
    private static final double BLOCK_CPU_NANOS = 1e9;
    private static final int PROBE = 1_000;

    /** One of the two kinds, on the server that answers it. */
    record Side(Load load, Call call) {
        int callsPerBlock() throws IOException, InterruptedException {
            double cpu = Math.max(load.block(call, PROBE).cpuNanos(), BLOCK_CPU_NANOS / 50_000);
            return (int) Math.max(PROBE, BLOCK_CPU_NANOS / cpu);
        }
    }

    static CpuComparison of(Side subject, Side base) throws IOException, InterruptedException {
        int subjectCalls = subject.callsPerBlock();
        int baseCalls = base.callsPerBlock();
        subject.load.block(subject.call, subjectCalls);
        base.load.block(base.call, baseCalls);
        Load.Block[] ours = new Load.Block[ROUNDS];
        Load.Block[] theirs = new Load.Block[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            if (i % 2 == 0) {
                ours[i] = subject.load.block(subject.call, subjectCalls);
            }
            theirs[i] = base.load.block(base.call, baseCalls);
            if (i % 2 == 1) {
                ours[i] = subject.load.block(subject.call, subjectCalls);
            }
        }
        return of(ours, theirs);
    }

    private static CpuComparison of(Load.Block[] ours, Load.Block[] theirs) {
        double[] subject = new double[ROUNDS];
        double[] base = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            subject[i] = ours[i].cpuNanos() / 1e3;
            base[i] = theirs[i].cpuNanos() / 1e3;
            ratio[i] = subject[i] / base[i];
        }
        return new CpuComparison(
                Estimate.of(subject), Estimate.of(base), Estimate.of(ratio), perSecond(ours), perSecond(theirs));
    }

    private static double perSecond(Load.Block[] blocks) {
        return 1e9
                / Arrays.stream(blocks)
                        .mapToDouble(Load.Block::wallNanos)
                        .average()
                        .orElseThrow();
    }

    /** "rounds 1.14 to 1.22; 212 us (208-220) against 180 us (179-183) of CPU a call; 1,200 and 1,300 calls/s". */
    String detail() {
        return "rounds %.2f to %.2f; %.0f us (%.0f-%.0f) against %.0f us (%.0f-%.0f) of CPU a call; %,.0f and %,.0f calls/s"
                .formatted(
                        ratio.low(),
                        ratio.high(),
                        subjectMicros.median(),
                        subjectMicros.low(),
                        subjectMicros.high(),
                        baseMicros.median(),
                        baseMicros.low(),
                        baseMicros.high(),
                        subjectPerSecond,
                        basePerSecond);
    }
}
